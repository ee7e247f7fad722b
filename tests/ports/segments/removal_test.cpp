// Removing a blob: durable, out of nobody's hands while it is being sent, and its space comes back.
#include <gtest/gtest.h>

#include <sys/sendfile.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <utility>

#include "ports/filesystem/system_calls.hpp"
#include "ports/segments/segment_fixture.hpp"

namespace pixelvault::port_suites {

namespace fs = std::filesystem;

using base::Unavailable;
using support::run;

using Names = std::vector<std::string>;

class SegmentRemoval : public SegmentFiles {
 protected:
  static constexpr std::size_t kSize = 100'000;

  SegmentRemoval() {
    options_.segment_bytes = 16UL * 1024 * 1024;
    start();
  }
  ports::BlobRef store_number(std::uint32_t i, std::size_t size = kSize) {
    return store("proj_1/img_" + std::to_string(i) + ".png", picture(size, i));
  }
  std::optional<ports::BlobBody> open(const ports::BlobRef& blob, std::size_t size = kSize) {
    return run(store_->open(blob, 0, size));
  }
  /// Whether the blob's bytes are still in the file.
  bool holds(const std::string& name, std::uint32_t i) const {
    return contents(name).contains(picture(kSize, i).substr(5000, 50'000));
  }
};

/// Two ends that hold what was sent, up to some hundred kilobytes.
std::pair<base::UniqueFd, base::UniqueFd> connected_sockets() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) std::abort();
  return {base::UniqueFd(ends[0]), base::UniqueFd(ends[1])};
}

std::string receive(const base::UniqueFd& socket, std::size_t size) {
  std::string bytes(size, '\0');
  bytes.resize(static_cast<std::size_t>(::recv(socket.get(), bytes.data(), size, MSG_WAITALL)));
  return bytes;
}

TEST_F(SegmentRemoval, a_removal_is_one_byte_and_its_sync) {
  const auto blob = store_number(1);
  const auto kept = open(blob);  // its space has to wait
  const RecordedSystemCalls calls;
  remove(blob);
  EXPECT_EQ(calls.names(), (Names{"pwritev", "fdatasync"}));
}

TEST_F(SegmentRemoval, a_removal_whose_sync_failed_is_written_again) {
  const auto blob = store_number(1);
  const auto kept = open(blob);
  {
    const RecordedSystemCalls calls({.call = "fdatasync", .error = EIO});
    EXPECT_THROW(remove(blob), Unavailable);
  }
  const RecordedSystemCalls calls;
  remove(blob);
  EXPECT_EQ(calls.names(), (Names{"pwritev", "fdatasync"}));
}

TEST_F(SegmentRemoval, what_was_removed_stays_removed) {
  const auto gone = store_number(1);
  const auto kept = store_number(2);
  EXPECT_EQ(read(gone, kSize), picture(kSize, 1));
  remove(gone);
  EXPECT_EQ(read(gone, kSize), "(absent)");
  restart();
  EXPECT_EQ(read(gone, kSize), "(absent)");
  EXPECT_EQ(read(kept, kSize), picture(kSize, 2));
  EXPECT_EQ(walked_keys(), Names{kept.key});
}

TEST_F(SegmentRemoval, the_space_comes_back_and_neighbours_keep_every_byte) {
  const std::vector<ports::BlobRef> blobs = {store_number(1, 777), store_number(2),
                                             store_number(3, 777), store_number(4, 3)};
  restart();
  const auto before = allocated("00000001.seg");
  remove(blobs[1]);
  stop();
  EXPECT_LE(allocated("00000001.seg"), before - kSize + 8192);
  EXPECT_FALSE(holds("00000001.seg", 2));
  start();
  EXPECT_EQ(read(blobs[0], 777), picture(777, 1));
  EXPECT_EQ(read(blobs[2], 777), picture(777, 3));
  EXPECT_EQ(read(blobs[3], 3), picture(3, 4));
}

TEST_F(SegmentRemoval, whatever_the_order_of_sizes_the_others_read_as_they_were) {
  std::vector<ports::BlobRef> blobs;
  const auto size_of = [](std::uint32_t i) { return std::size_t{i} * i * 37 % 20'000; };
  for (std::uint32_t i = 0; i < 60; ++i) blobs.push_back(store_number(i, size_of(i)));
  for (std::uint32_t i = 0; i < 60; i += 2) remove(blobs[i]);
  restart();
  for (std::uint32_t i = 1; i < 60; i += 2) {
    EXPECT_EQ(read(blobs[i], size_of(i)), picture(size_of(i), i)) << i;
  }
  EXPECT_EQ(walk().size(), 30U);
}

TEST_F(SegmentRemoval, a_body_that_is_open_keeps_its_bytes_until_it_is_closed) {
  const auto blob = store_number(1);
  store_number(2);
  auto body = open(blob);
  remove(blob);
  remove(blob);
  EXPECT_EQ(read_region(*body), picture(kSize, 1));
  body.reset();
  stop();
  EXPECT_FALSE(holds("00000001.seg", 1));
}

TEST_F(SegmentRemoval, every_body_that_was_open_counts_whichever_was_opened_first) {
  const auto a = store_number(1);
  const auto b = store_number(2);
  const auto c = store_number(3);
  auto early = open(b);
  remove(a);
  auto late = open(b);
  remove(b);
  auto other = open(c);  // of after the removals: in nobody's way
  late.reset();
  EXPECT_EQ(read_region(*early), picture(kSize, 2));
  early.reset();
  stop();
  EXPECT_FALSE(holds("00000001.seg", 1));
  EXPECT_FALSE(holds("00000001.seg", 2));
  EXPECT_EQ(read_region(*other), picture(kSize, 3)) << "a body may outlive the store";
}

TEST_F(SegmentRemoval, what_a_socket_has_in_hand_keeps_its_bytes) {
  const auto gone = store_number(1);
  const auto kept = store_number(2);
  const auto [ours, peers] = connected_sockets();
  {
    const auto body = open(gone);
    const auto& region = std::get<base::FileRegion>(*body);
    off_t offset = static_cast<off_t>(region.offset);
    ASSERT_EQ(::sendfile(ours.get(), region.file->get(), &offset, kSize), ssize_t{kSize});
  }
  remove(gone);
  run(store_->sweep_next());  // behind the removal
  EXPECT_EQ(receive(peers, kSize), picture(kSize, 1));
  run(store_->sweep_next());
  EXPECT_FALSE(holds("00000001.seg", 1) || holds("00000001.open", 1)) << "its space comes later";
  EXPECT_EQ(read(kept, kSize), picture(kSize, 2));
}

TEST_F(SegmentRemoval, a_body_of_a_segment_that_was_closed_meanwhile_counts_as_well) {
  options_.open_segments = 1;
  options_.large_bytes = 64UL * 1024;
  restart();
  const auto blob = store_number(1, 50'000);
  const auto elsewhere = store_number(2);
  const auto body = open(blob, 50'000);
  open(elsewhere);  // takes the one place for an open segment
  remove(blob);
  EXPECT_EQ(read_region(*body), picture(50'000, 1));
}

TEST_F(SegmentRemoval, what_a_crash_left_is_found_by_a_sweep) {
  const auto gone = store_number(1);
  const auto kept = store_number(2);
  stop();
  overwrite("00000001.seg", gone.place->offset + 60, "R");
  start();
  EXPECT_TRUE(holds("00000001.seg", 1));
  run(store_->sweep());
  restart();
  EXPECT_FALSE(holds("00000001.seg", 1));
  EXPECT_EQ(read(kept, kSize), picture(kSize, 2));
}

TEST_F(SegmentRemoval, finished_segments_are_swept_in_turn_over_and_over) {
  const auto first = store_number(1);
  const auto later = store_number(2);
  store_number(3);
  restart();
  const auto second = store_number(4);
  store_number(5);
  stop();
  overwrite("00000001.seg", first.place->offset + 60, "R");
  overwrite("00000002.seg", second.place->offset + 60, "R");
  start();
  store_number(6);  // into a segment that is not finished
  run(store_->sweep_next());
  run(store_->sweep_next());
  EXPECT_FALSE(holds("00000001.seg", 1)) << "a sweep waits for the holes of the one before";
  overwrite("00000001.seg", later.place->offset + 60, "R");
  run(store_->sweep_next());
  EXPECT_FALSE(holds("00000002.seg", 4));
  stop();
  EXPECT_FALSE(holds("00000001.seg", 2));
}

TEST_F(SegmentRemoval, a_sweep_leaves_open_bodies_alone) {
  const auto gone = store_number(1);
  store_number(2);
  const auto body = open(gone);
  remove(gone);
  run(store_->sweep());
  EXPECT_EQ(read_region(*body), picture(kSize, 1));
}

TEST_F(SegmentRemoval, a_finished_segment_in_which_nothing_lives_is_removed) {
  const std::vector<ports::BlobRef> blobs = {store_number(1), store_number(2), store_number(3)};
  restart();
  remove(blobs[0]);
  remove(blobs[0]);  // counts once
  remove(blobs[1]);
  restart();
  EXPECT_EQ(files(), Names{"00000001.seg"});
  EXPECT_EQ(read(blobs[2], kSize), picture(kSize, 3));
  remove(blobs[2]);
  stop();
  EXPECT_EQ(files(), Names{});
}

TEST_F(SegmentRemoval, a_segment_that_was_emptied_while_it_was_written_goes_when_it_is_finished) {
  remove(store_number(1));
  EXPECT_EQ(files(), Names{"00000001.open"});
  const auto next = store_number(2);
  EXPECT_EQ(read(next, kSize), picture(kSize, 2));
  remove(next);
  stop();
  EXPECT_EQ(files(), Names{});
}

TEST_F(SegmentRemoval, a_segment_with_a_damaged_record_is_kept) {
  const auto damaged = store_number(1);
  const auto blob = store_number(2);
  stop();
  overwrite("00000001.seg", damaged.place->offset, "xxxx");
  start();
  remove(blob);
  stop();
  EXPECT_EQ(files(), Names{"00000001.seg"});
}

TEST_F(SegmentRemoval, the_wrong_key_removes_nothing) {
  const auto blob = store_number(1);
  remove({.key = "proj_1/img_2.png", .place = blob.place});
  remove({.key = blob.key});
  remove({.key = blob.key, .place = domain::BlobPlace{.segment = 99, .offset = 4096}});
  EXPECT_EQ(read(blob, kSize), picture(kSize, 1));
}

TEST_F(SegmentRemoval, where_holes_cannot_be_punched_the_mark_is_enough) {
  const auto blob = store_number(1);
  const RecordedSystemCalls calls({.call = "punch", .times = 99, .error = EOPNOTSUPP});
  remove(blob);
  restart();
  EXPECT_EQ(read(blob, kSize), "(absent)");
}

TEST_F(SegmentRemoval, many_who_read_and_one_who_removes_never_meet_half_a_blob) {
  std::vector<ports::BlobRef> blobs;
  for (std::uint32_t i = 0; i < 40; ++i) blobs.push_back(store_number(i, 20'000));
  std::atomic<bool> wrong = false;
  {
    std::vector<std::jthread> readers;
    for (int reader = 0; reader < 3; ++reader) {
      readers.emplace_back([&] {
        for (std::uint32_t i = 0; i < 400; ++i) {
          const auto body = open(blobs[i % 40], 20'000);
          if (body && read_region(*body) != picture(20'000, i % 40)) wrong = true;
        }
      });
    }
    for (std::uint32_t i = 0; i < 40; i += 2) remove(blobs[i]);
  }
  EXPECT_FALSE(wrong);
}

}  // namespace pixelvault::port_suites
