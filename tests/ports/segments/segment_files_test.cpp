// What the files of the store look like: how segments fill up, who writes which, and what a start
// makes of them.
#include <gtest/gtest.h>

#include <cerrno>

#include "adapters/segments/health.hpp"
#include "ports/filesystem/system_calls.hpp"
#include "ports/segments/segment_fixture.hpp"

namespace pixelvault::port_suites {

namespace fs = std::filesystem;

using base::Unavailable;
using support::run;

using Names = std::vector<std::string>;

class SegmentFolderFiles : public SegmentFiles {
 protected:
  SegmentFolderFiles() { start(); }
};

TEST_F(SegmentFolderFiles, nothing_is_reserved_before_the_first_blob) {
  EXPECT_EQ(files(), Names{});
}

TEST_F(SegmentFolderFiles, a_segment_is_reserved_at_once_and_cut_at_the_end) {
  store("proj_1/img_1.png", picture(5000));
  EXPECT_EQ(files(), Names{"00000001.open"});
  EXPECT_EQ(fs::file_size(root_ / "00000001.open"), options_.segment_bytes);
  stop();
  EXPECT_EQ(files(), Names{"00000001.seg"});
  EXPECT_LT(fs::file_size(root_ / "00000001.seg"), 4096U + 5200U);
}

TEST_F(SegmentFolderFiles, a_full_segment_is_followed_by_the_next) {
  std::vector<ports::BlobRef> blobs;
  for (int i = 0; i < 10; ++i) {
    blobs.push_back(store("proj_1/img_" + std::to_string(i) + ".png", picture(300'000, i)));
  }
  EXPECT_EQ(files(), (Names{"00000001.seg", "00000002.seg", "00000003.seg", "00000004.open"}));
  restart();
  for (int i = 0; i < 10; ++i) EXPECT_EQ(read(blobs[i], 300'000), picture(300'000, i)) << i;
}

TEST_F(SegmentFolderFiles, a_batch_that_needs_several_segments_gets_them) {
  std::vector<base::task<ports::BlobRef>> tasks;
  for (int i = 0; i < 16; ++i) {
    tasks.push_back(
        store_blob(*store_, "proj_1/img_" + std::to_string(i) + ".png", picture(300'000, i)));
  }
  int i = 0;
  for (auto& result : support::run_all(std::move(tasks))) {
    EXPECT_EQ(read(result.get(), 300'000), picture(300'000, i)) << i;
    ++i;
  }
  EXPECT_GE(files().size(), 6U);
}

TEST_F(SegmentFolderFiles, a_blob_that_no_segment_could_hold_gets_one_of_its_size) {
  options_.segment_bytes = 100'000;
  restart();
  const auto blob = store("proj_1/img_1.png", picture(400'000));
  EXPECT_EQ(read(blob, 400'000), picture(400'000));
}

TEST_F(SegmentFolderFiles, a_large_blob_is_alone_in_its_segment) {
  const auto small = store("proj_1/img_1.png", picture(5000, 1));
  const auto large = store("proj_1/img_2.png", picture(3'000'000, 2));
  const auto next = store("proj_1/img_3.png", picture(5000, 3));
  EXPECT_EQ(files(), (Names{"00000001.open", "00000002.seg"}));
  EXPECT_EQ(next.place->segment, small.place->segment);
  EXPECT_EQ(read(large, 3'000'000), picture(3'000'000, 2));
}

TEST_F(SegmentFolderFiles, when_memory_is_short_blobs_are_written_as_they_come) {
  options_.memory_bytes = 0;
  restart();
  const auto blob = store("proj_1/img_1.png", picture(300'000));
  EXPECT_EQ(files(), Names{"00000001.seg"});
  EXPECT_EQ(read(blob, 300'000), picture(300'000));
  store("proj_1/img_2.png", picture(100'000));
  EXPECT_EQ(files(), (Names{"00000001.seg", "00000002.open"})) << "small ones wait all the same";
}

TEST_F(SegmentFolderFiles, a_large_blob_that_is_given_up_leaves_no_file) {
  {
    const auto writer = run(store_->create());
    run(writer->write(base::as_bytes(picture(3'000'000))));
    EXPECT_EQ(files().size(), 1U);
  }
  EXPECT_EQ(files(), Names{});
}

TEST_F(SegmentFolderFiles, others_may_not_read_a_segment) {
  store("proj_1/img_1.png", "bytes");
  const auto may = fs::status(root_ / "00000001.open").permissions();
  EXPECT_EQ(may & fs::perms::others_all, fs::perms::none);
}

TEST_F(SegmentFolderFiles, two_processes_write_segments_of_their_own) {
  const auto first = store("proj_1/img_1.png", picture(5000, 1));
  auto second_store = open_store();
  EXPECT_EQ(files(), Names{"00000001.open"}) << "what another one writes is left alone";
  const auto second = run(store_blob(*second_store, "proj_1/img_2.png", picture(5000, 2)));
  EXPECT_NE(second.place->segment, first.place->segment);
  const auto third = store("proj_1/img_3.png", picture(5000, 3));
  EXPECT_EQ(third.place->segment, first.place->segment);
  EXPECT_EQ(read(second, 5000), picture(5000, 2));
  EXPECT_EQ(read_region(*run(second_store->open(third, 0, 5000))), picture(5000, 3));
}

TEST_F(SegmentFolderFiles, numbers_are_not_given_twice) {
  const auto first = store("proj_1/img_1.png", picture(600'000));
  remove(first);
  restart();
  EXPECT_EQ(files(), Names{});
  EXPECT_EQ(store("proj_1/img_2.png", "bytes").place->segment, first.place->segment + 1);
}

TEST_F(SegmentFolderFiles, a_lost_number_file_does_no_harm) {
  const auto first = store("proj_1/img_1.png", picture(600'000));
  stop();
  fs::remove(root_ / "last-number");
  start();
  EXPECT_EQ(store("proj_1/img_2.png", "bytes").place->segment, first.place->segment + 1);
}

TEST_F(SegmentFolderFiles, files_of_other_kinds_are_left_alone) {
  stop();
  for (const char* name : {"notes.txt", "1.seg", "000000001.open", "00000009.seg.bak", "x.open"}) {
    std::ofstream(root_ / name) << "foreign";
  }
  start();
  EXPECT_TRUE(walk().empty());
  EXPECT_EQ(files().size(), 5U);
}

TEST_F(SegmentFolderFiles, a_place_of_another_blob_or_of_nothing_is_absent) {
  const auto blob = store("proj_1/img_1.png", picture(5000));
  const auto place = *blob.place;
  const auto at = [&](const std::string& key, domain::BlobPlace where) {
    return read({.key = key, .place = where}, 10);
  };
  for (int again = 0; again < 2; ++again) {
    EXPECT_EQ(at("proj_1/img_2.png", place), "(absent)");
    EXPECT_EQ(at(blob.key, {.segment = place.segment, .offset = place.offset + 8}), "(absent)");
    EXPECT_EQ(at(blob.key, {.segment = place.segment, .offset = 1ULL << 40}), "(absent)");
    EXPECT_EQ(at(blob.key, {.segment = place.segment + 1, .offset = place.offset}), "(absent)");
    EXPECT_EQ(read({.key = blob.key}, 10), "(absent)");
    EXPECT_EQ(read(blob, 5000), picture(5000));
    restart();
  }
}

TEST_F(SegmentFolderFiles, a_blob_that_was_asked_for_before_costs_no_look_at_the_disk) {
  const auto blob = store("proj_1/img_1.png", picture(5000));
  EXPECT_EQ(read(blob, 5000), picture(5000));
  fs::remove_all(root_);
  EXPECT_EQ(read(blob, 5000), picture(5000)) << "the open segment is enough";
}

TEST_F(SegmentFolderFiles, few_descriptors_serve_many_segments) {
  options_.open_segments = 2;
  options_.known_blobs = 0;
  restart();
  std::vector<ports::BlobRef> blobs;
  for (int i = 0; i < 8; ++i) {
    blobs.push_back(store("proj_1/img_" + std::to_string(i) + ".png", picture(600'000, i)));
  }
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 8; ++i) EXPECT_EQ(read(blobs[i], 600'000), picture(600'000, i)) << i;
  }
}

TEST_F(SegmentFolderFiles, the_health_probe_writes_and_reports) {
  adapters::segments::SegmentsProbe probe(*store_);
  EXPECT_EQ(probe.name(), "blobs");
  EXPECT_NO_THROW(run(probe.check()));
  EXPECT_EQ(files(), Names{});
  const RecordedSystemCalls calls({.call = "fdatasync", .error = EIO});
  EXPECT_THROW(run(probe.check()), Unavailable);
}

TEST_F(SegmentFolderFiles, a_root_that_cannot_be_made_is_refused) {
  stop();
  fs::remove_all(root_);
  std::ofstream(root_) << "a file";
  EXPECT_THROW(start(), Unavailable);
}

}  // namespace pixelvault::port_suites
