// What a start makes of a segment whose writer died: every way in which the last batch can be torn.
#include <gtest/gtest.h>

#include "adapters/segments/record.hpp"
#include "ports/segments/segment_fixture.hpp"

namespace pixelvault::port_suites {

namespace fs = std::filesystem;

using Names = std::vector<std::string>;

class TornTail : public SegmentFiles {
 protected:
  static constexpr const char* kFile = "00000001.open";
  static constexpr std::size_t kSize = 50;
  static constexpr std::size_t kHead = 80;  // with keys of this length

  TornTail() {
    start();
    first_ = store("proj_1/img_1.png", picture(kSize, 1));
    second_ = store("proj_1/img_2.png", picture(kSize, 2));
    whole_ = contents(kFile).substr(0, 16'384);
    stop();
    fs::remove(root_ / "00000001.seg");
  }

  /// Puts a segment in place of the store's, as a crash would leave it, and starts.
  void start_with(const std::string& bytes) {
    stop();
    fs::remove(root_ / "00000001.seg");
    std::ofstream(root_ / kFile, std::ios::binary) << bytes;
    start();
  }
  std::uint64_t end_of_second() const { return second_.place->offset + kHead + kSize; }

  ports::BlobRef first_, second_;
  std::string whole_;  // the segment with both
};

TEST_F(TornTail, a_segment_that_was_not_finished_keeps_everything_and_is_finished) {
  start_with(whole_);
  EXPECT_EQ(files(), Names{"00000001.seg"});
  EXPECT_EQ(read(first_, kSize), picture(kSize, 1));
  EXPECT_EQ(read(second_, kSize), picture(kSize, 2));
  EXPECT_LT(fs::file_size(root_ / "00000001.seg"), end_of_second() + 8);
}

TEST_F(TornTail, wherever_the_file_was_cut_whole_blobs_stay_and_torn_ones_are_gone) {
  const std::uint64_t end_of_first = first_.place->offset + kHead + kSize;
  for (std::uint64_t size = first_.place->offset; size < end_of_second() + 20; ++size) {
    if (size == end_of_first + 20) size = second_.place->offset - 1;  // nothing lies in between
    start_with(whole_.substr(0, size));
    const bool has_first = size >= end_of_first;
    const bool has_second = size >= end_of_second();
    ASSERT_EQ(read(first_, kSize), has_first ? picture(kSize, 1) : "(absent)") << size;
    ASSERT_EQ(read(second_, kSize), has_second ? picture(kSize, 2) : "(absent)") << size;
    ASSERT_EQ(walk().size(), std::size_t{has_first} + std::size_t{has_second}) << size;
  }
}

TEST_F(TornTail, whatever_part_of_the_last_blob_never_reached_the_disk_it_is_gone) {
  for (std::uint64_t at = second_.place->offset; at < end_of_second(); ++at) {
    std::string torn = whole_;
    torn[at] = static_cast<char>(torn[at] ^ 1);
    const auto in_record = at - second_.place->offset;
    // The state and the padding behind it; a mark that is none counts as none.
    if (in_record >= 60 && in_record < 64) continue;
    start_with(torn);
    ASSERT_EQ(read(first_, kSize), picture(kSize, 1)) << at;
    ASSERT_EQ(read(second_, kSize), "(absent)") << at;
    ASSERT_EQ(walked_keys(), Names{first_.key}) << at;
  }
}

TEST_F(TornTail, a_segment_without_any_whole_record_is_removed) {
  for (const std::size_t size : {0, 1, 27, 28, 4096, 5000}) {
    start_with(std::string(size, '\0'));
    EXPECT_EQ(files(), Names{}) << size;
    start_with(whole_.substr(0, 4096) + std::string(size, '\0'));
    EXPECT_EQ(files(), Names{}) << size;
  }
}

TEST_F(TornTail, a_torn_record_in_front_of_a_whole_one_of_its_batch_does_not_hide_it) {
  // One batch of two: the head of the second says that it began with the first.
  using namespace adapters::segments;
  const auto identity = decode_segment_header(base::as_bytes(whole_))->identity;
  auto second = *decode_head(base::as_bytes(whole_).subspan(second_.place->offset), identity,
                             second_.place->offset);
  second.batch = first_.place->offset;
  std::string torn = whole_;
  torn.replace(second.offset, second.head_bytes, encode_head(second, identity));
  torn[first_.place->offset + kHead + 20] ^= 1;
  start_with(torn);
  EXPECT_EQ(read(first_, kSize), "(absent)");
  EXPECT_EQ(read(second_, kSize), picture(kSize, 2));
  EXPECT_EQ(walked_keys(), Names{second_.key});
}

TEST_F(TornTail, damage_in_front_of_the_last_batch_is_no_torn_tail) {
  std::string damaged = whole_;
  damaged[first_.place->offset] = 'x';  // its head is lost, what lies behind it is not
  start_with(damaged);
  EXPECT_EQ(read(first_, kSize), "(absent)");
  EXPECT_EQ(read(second_, kSize), picture(kSize, 2));
  damaged = whole_;
  damaged[first_.place->offset + kHead + 20] ^= 1;  // a payload that was synced and rotted later
  start_with(damaged);
  EXPECT_EQ(walked_keys(), (Names{first_.key, second_.key})) << "for a scrub to find";
}

TEST_F(TornTail, a_removed_blob_stays_removed) {
  std::string removed = whole_;
  removed[second_.place->offset + adapters::segments::kStateOffset] = 'R';
  removed.replace(second_.place->offset + kHead, kSize, std::string(kSize, '\0'));
  start_with(removed);
  EXPECT_EQ(read(second_, kSize), "(absent)");
  EXPECT_EQ(walked_keys(), Names{first_.key});
}

TEST_F(TornTail, a_start_that_was_cut_short_is_made_up_for_by_the_next) {
  start_with(whole_.substr(0, end_of_second() - 1));
  stop();
  fs::rename(root_ / "00000001.seg", root_ / kFile);
  start();
  EXPECT_EQ(read(first_, kSize), picture(kSize, 1));
  EXPECT_EQ(walked_keys(), Names{first_.key});
}

TEST_F(TornTail, a_large_blob_that_was_never_committed_is_removed) {
  stop();
  std::ofstream(root_ / "00000007.open", std::ios::binary)
      << std::string(8192, '\0') << picture(9000);
  start();
  EXPECT_EQ(files(), Names{});
}

}  // namespace pixelvault::port_suites
