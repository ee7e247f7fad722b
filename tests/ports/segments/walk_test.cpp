// Walking over all that is stored, as scrubs and exports do.
#include <gtest/gtest.h>

#include "adapters/segments/blob_walk.hpp"
#include "adapters/segments/record.hpp"
#include "ports/segments/segment_fixture.hpp"

namespace pixelvault::port_suites {

using support::run;

using Names = std::vector<std::string>;

class SegmentWalking : public SegmentFiles {
 protected:
  SegmentWalking() { start(); }
};

TEST_F(SegmentWalking, an_empty_store_has_nothing) { EXPECT_TRUE(walk().empty()); }

TEST_F(SegmentWalking, a_walk_meets_every_blob_of_every_segment_with_its_facts) {
  const auto small = store("proj_1/img_1.png", picture(5000));
  clock_.advance(std::chrono::hours(1));
  const auto large = store("proj_1/img_2.png", picture(600'000));
  const auto all = walk();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].ref, small);
  EXPECT_EQ(all[0].size, 5000U);
  EXPECT_EQ(all[1].ref, large);
  EXPECT_EQ(all[1].size, 600'000U);
  EXPECT_EQ(all[1].written_at, clock_.now());
  EXPECT_EQ(all[1].written_at - all[0].written_at, std::chrono::hours(1));
}

TEST_F(SegmentWalking, its_end_repeats) {
  store("proj_1/img_1.png", "bytes");
  const auto walk = run(store_->walk());
  EXPECT_EQ(run(walk->next()).size(), 1U);
  EXPECT_TRUE(run(walk->next()).empty());
  EXPECT_TRUE(run(walk->next()).empty());
}

TEST_F(SegmentWalking, a_long_walk_comes_in_pieces) {
  constexpr std::size_t kCount = adapters::segments::SegmentWalk::kMost + 1;
  std::vector<base::task<ports::BlobRef>> tasks;
  for (std::size_t i = 0; i < kCount; ++i) {
    tasks.push_back(store_blob(*store_, "proj_1/img_" + std::to_string(i) + ".png", "x"));
  }
  for (auto& result : support::run_all(std::move(tasks))) result.get();
  const auto walk = run(store_->walk());
  EXPECT_EQ(run(walk->next()).size(), kCount - 1);
  EXPECT_EQ(run(walk->next()).size(), 1U);
}

TEST_F(SegmentWalking, a_damaged_head_does_not_hide_what_lies_behind_it) {
  store("proj_1/img_1.png", picture(300'000, 1));
  const auto damaged = store("proj_1/img_2.png", picture(300'000, 2));
  store("proj_1/img_3.png", picture(300'000, 3));
  stop();
  overwrite("00000001.seg", damaged.place->offset + 16, "xxxx");
  start();
  EXPECT_EQ(walked_keys(), (Names{"proj_1/img_1.png", "proj_1/img_3.png"}));
}

TEST_F(SegmentWalking, a_picture_that_contains_a_record_smuggles_nothing_in) {
  using namespace adapters::segments;
  // The best a stranger can do: right checksums, but neither identity nor place are known.
  Record fake{.key = "proj_1/img_9.png", .offset = 8192, .batch = 4096, .payload_bytes = 5};
  fake.head_bytes = head_bytes_for(fake.key.size());
  std::string bytes = picture(9000);
  for (std::size_t at = 0; at + 100 < bytes.size(); at += 200) {
    bytes.replace(at, fake.head_bytes, encode_head(fake, 0x1234));
  }
  const auto blob = store("proj_1/img_1.png", bytes);
  store("proj_1/img_2.png", "behind");
  stop();
  overwrite("00000001.seg", blob.place->offset, "xxxx");  // so that its payload is searched
  start();
  EXPECT_EQ(walked_keys(), Names{"proj_1/img_2.png"});
}

TEST_F(SegmentWalking, segments_that_come_and_go_meanwhile_do_no_harm) {
  const auto first = store("proj_1/img_1.png", picture(600'000));
  const auto second = store("proj_1/img_2.png", picture(600'000));
  const auto walk = run(store_->walk());
  EXPECT_EQ(run(walk->next()).size(), 2U);
  const auto again = run(store_->walk());
  std::filesystem::remove(root_ / "00000002.seg");
  const auto left = run(again->next());
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].ref, first);
}

}  // namespace pixelvault::port_suites
