#include "services/scrub.hpp"

#include <gtest/gtest.h>

#include "unit/services/upkeep_world.hpp"

namespace pixelvault::services {
namespace {

using std::chrono::hours;
using support::run;

constexpr domain::BlobPlace kElsewhere{.segment = 9, .offset = 512};

class ScrubTest : public testing::Test {
 protected:
  ScrubReport scrub(ScrubOptions options = {}) {
    Scrub work({world_.catalog, world_.blobs, world_.blobs, world_.counters, world_.clock}, options,
               [this](const Progress& progress) { last_ = progress; });
    return run(work.run());
  }
  /// A second blob of an image.
  void put(const domain::Image& image, std::optional<domain::BlobPlace> place,
           const std::string& bytes) {
    world_.blobs.put({.key = domain::image_path(image), .place = place}, bytes);
  }

  support::UpkeepWorld world_;
  Progress last_;
};

TEST_F(ScrubTest, a_sound_store_is_clean) {
  world_.add();
  auto hidden = world_.make(world_.project);
  hidden.visibility = domain::Visibility::Private;
  world_.add(hidden);
  world_.bury(world_.add(), /*swept=*/true);
  const auto report = scrub({.depth = Depth::Bytes});
  EXPECT_TRUE(report.is_clean());
  EXPECT_EQ(report.images, 2U);
  EXPECT_EQ(report.tombstones, 1U);
  EXPECT_EQ(report.blobs, 2U);
}

TEST_F(ScrubTest, a_row_without_its_blob_is_missing_and_stays_so) {
  const auto lost = world_.add();
  world_.add();
  world_.remove_blob(lost);
  const auto report = scrub({.repair = true, .rebuild = true});
  EXPECT_EQ(report.found(Fault::Missing), 1U);
  EXPECT_EQ(report.findings().at(0).what, domain::image_path(lost));
  EXPECT_FALSE(report.is_clean());
  EXPECT_FALSE(world_.row(lost).deleted_at);
}

TEST_F(ScrubTest, a_blob_that_is_too_short_or_too_long_is_damaged) {
  const auto cut = world_.add();
  const auto grown = world_.add();
  put(cut, std::nullopt, "half");
  put(grown, std::nullopt, world_.bytes_of(grown) + "more");
  const auto report = scrub();
  EXPECT_EQ(report.found(Fault::Damaged), 2U);
  EXPECT_EQ(report.findings().size(), 2U);
}

TEST_F(ScrubTest, wrong_bytes_of_the_right_size_are_found_by_reading_them) {
  const auto image = world_.add();
  put(image, std::nullopt, std::string(image.size, 'x'));
  EXPECT_TRUE(scrub().is_clean());
  EXPECT_EQ(scrub({.depth = Depth::Bytes}).found(Fault::Damaged), 1U);
}

TEST_F(ScrubTest, without_repair_nothing_is_changed) {
  const auto image = world_.make(world_.project);
  put(image, std::nullopt, "nobody's");
  world_.bury(world_.add(), /*swept=*/false);
  run(world_.images.finish_removal(world_.blobs.refs().back()));
  const auto before = world_.blobs.keys();
  EXPECT_FALSE(scrub().is_clean());
  EXPECT_EQ(world_.blobs.keys(), before);
}

TEST_F(ScrubTest, an_old_blob_without_a_row_is_an_orphan_and_is_removed) {
  const auto kept = world_.add();
  put(world_.make(world_.project), std::nullopt, "nobody's");
  const auto report = scrub({.repair = true});
  EXPECT_EQ(report.found(Fault::Orphan), 1U);
  EXPECT_TRUE(report.is_clean());
  EXPECT_EQ(world_.blobs.keys(), std::vector{domain::image_path(kept)});
}

TEST_F(ScrubTest, a_young_blob_without_a_row_may_be_an_upload_and_is_left_alone) {
  world_.blobs.set_time(world_.clock.now() - hours(24) + std::chrono::milliseconds(1));
  put(world_.make(world_.project), std::nullopt, "coming");
  const auto report = scrub({.repair = true});
  EXPECT_TRUE(report.is_clean());
  EXPECT_EQ(report.young, 1U);
  EXPECT_EQ(world_.blobs.keys().size(), 1U);
  world_.clock.advance(std::chrono::milliseconds(1));
  EXPECT_EQ(scrub({.repair = true}).found(Fault::Orphan), 1U);
}

TEST_F(ScrubTest, the_same_image_under_another_project_or_as_private_is_another_key) {
  const auto image = world_.add();
  auto foreign = image;
  foreign.project = world_.other_project;
  auto hidden = image;
  hidden.visibility = domain::Visibility::Private;
  put(foreign, std::nullopt, world_.bytes_of(image));
  put(hidden, std::nullopt, world_.bytes_of(image));
  const auto report = scrub({.repair = true});
  EXPECT_EQ(report.found(Fault::Orphan), 2U);
  EXPECT_EQ(world_.blobs.keys(), std::vector{domain::image_path(image)});
}

TEST_F(ScrubTest, a_key_that_is_nobodys_is_told_and_left_alone) {
  world_.blobs.put({.key = "proj_1/readme.jpg"}, "hello");
  EXPECT_EQ(scrub({.repair = true}).found(Fault::Foreign), 1U);
  EXPECT_TRUE(world_.blobs.contains("proj_1/readme.jpg"));
}

TEST_F(ScrubTest, at_most_the_limit_is_removed_and_the_next_run_goes_on) {
  for (int i = 0; i < 5; ++i) put(world_.make(world_.project), std::nullopt, "nobody's");
  const auto report = scrub({.repair = true, .limit = 3});
  EXPECT_EQ(report.found(Fault::Orphan), 5U);
  EXPECT_EQ(report.repaired(Fault::Orphan), 3U);
  EXPECT_TRUE(report.at_limit);
  EXPECT_EQ(world_.blobs.keys().size(), 2U);
  EXPECT_FALSE(scrub({.repair = true}).at_limit);
  EXPECT_TRUE(world_.blobs.keys().empty());
}

TEST_F(ScrubTest, the_blob_of_a_deleted_image_is_the_janitors_while_it_is_queued) {
  const auto image = world_.add();
  world_.bury(image, /*swept=*/false);
  EXPECT_TRUE(scrub({.repair = true}).is_clean());
  EXPECT_EQ(world_.blobs.keys().size(), 1U);
  run(world_.images.finish_removal(ports::blob_of(image)));
  EXPECT_EQ(scrub({.repair = true}).repaired(Fault::Leftover), 1U);
  EXPECT_TRUE(world_.blobs.keys().empty());
}

TEST_F(ScrubTest, what_a_move_has_left_behind_is_the_janitors_too) {
  const auto image = world_.add();
  put(image, kElsewhere, world_.bytes_of(image));
  run(world_.catalog.move(image, kElsewhere, world_.clock.now() + hours(1)));
  EXPECT_TRUE(scrub({.repair = true}).is_clean());
  EXPECT_EQ(world_.blobs.keys().size(), 2U);
}

TEST_F(ScrubTest, the_second_blob_of_an_image_goes_when_the_first_is_whole) {
  const auto image = world_.add();
  put(image, kElsewhere, world_.bytes_of(image));
  EXPECT_EQ(scrub().found(Fault::Duplicate), 1U);
  EXPECT_EQ(scrub({.repair = true}).repaired(Fault::Duplicate), 1U);
  EXPECT_EQ(world_.blobs.refs(), std::vector{ports::blob_of(image)});
}

TEST_F(ScrubTest, a_second_blob_stays_when_the_first_is_not_whole) {
  const auto image = world_.add();
  put(image, std::nullopt, std::string(image.size, 'x'));
  put(image, kElsewhere, world_.bytes_of(image));
  EXPECT_EQ(scrub({.repair = true}).repaired(Fault::Duplicate), 0U);
  EXPECT_EQ(world_.blobs.keys().size(), 2U);
}

TEST_F(ScrubTest, a_rebuild_sets_the_places_of_rows_whose_blobs_are_elsewhere) {
  const auto image = world_.add();
  world_.remove_blob(image);
  put(image, kElsewhere, world_.bytes_of(image));
  const auto dry = scrub({.repair = true});
  EXPECT_EQ(dry.found(Fault::Misplaced), 1U);
  EXPECT_EQ(dry.found(Fault::Missing), 1U);
  EXPECT_FALSE(world_.row(image).place);

  const auto report = scrub({.rebuild = true});
  EXPECT_EQ(report.repaired(Fault::Misplaced), 1U);
  EXPECT_TRUE(report.is_clean());
  EXPECT_EQ(world_.row(image).place, kElsewhere);
}

TEST_F(ScrubTest, a_rebuild_takes_only_the_same_bytes) {
  const auto image = world_.add();
  world_.remove_blob(image);
  put(image, kElsewhere, std::string(image.size, 'x'));
  put(image, domain::BlobPlace{.segment = 9, .offset = 1024}, "short");
  const auto report = scrub({.repair = true, .rebuild = true});
  EXPECT_EQ(report.found(Fault::Misplaced), 2U);
  EXPECT_EQ(report.repaired(Fault::Misplaced), 0U);
  EXPECT_FALSE(world_.row(image).place);
  EXPECT_EQ(world_.blobs.keys().size(), 2U);
}

TEST_F(ScrubTest, wrong_counters_are_told_and_repaired) {
  world_.counters.set({{.counter = "storage_bytes of acct_1", .counted = 7, .actual = 5}});
  const auto told = scrub();
  EXPECT_EQ(told.found(Fault::Counter), 1U);
  EXPECT_EQ(told.findings().at(0).detail, "it says 7, the rows say 5");
  EXPECT_TRUE(scrub({.repair = true}).is_clean());
  EXPECT_EQ(scrub().found(Fault::Counter), 0U);
}

TEST_F(ScrubTest, findings_beyond_the_list_are_counted) {
  for (int i = 0; i < 5; ++i) put(world_.make(world_.project), std::nullopt, "nobody's");
  const auto report = scrub({.listed = 2});
  EXPECT_EQ(report.found(Fault::Orphan), 5U);
  EXPECT_EQ(report.findings().size(), 2U);
}

TEST_F(ScrubTest, progress_ends_with_the_counters) {
  world_.add();
  scrub();
  EXPECT_EQ(last_.step, "counters");
}

}  // namespace
}  // namespace pixelvault::services
