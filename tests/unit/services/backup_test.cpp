#include "services/backup.hpp"

#include <gtest/gtest.h>

#include "services/restore.hpp"
#include "unit/services/upkeep_world.hpp"

namespace pixelvault::services {
namespace {

using support::run;

void ignore(const Progress&) {}

class BackupTest : public testing::Test {
 protected:
  /// Of the records as they are now, while `records_` go on.
  support::FakeImageCatalog snapshot() const {
    auto copy = std::make_shared<support::FakeRecords>();
    copy->images = world_.records->images;
    copy->removals = world_.records->removals;
    return support::FakeImageCatalog(copy);
  }
  BackupReport back_up(ports::ImageCatalog& snapshot, BackupOptions options = {}) {
    Backup work({snapshot, world_.catalog, world_.blobs, copies_, copies_}, options, ignore);
    return run(work.run());
  }
  BackupReport back_up(BackupOptions options = {}) {
    auto now = snapshot();
    return back_up(now, options);
  }
  LostBlobs check(std::vector<domain::ImageId> gone = {}) {
    auto now = snapshot();
    return run(check_backup(now, copies_, std::move(gone), ignore)).lost;
  }

  support::UpkeepWorld world_;
  support::FakeBlobStore copies_;
};

TEST_F(BackupTest, every_living_image_is_copied_under_its_key) {
  const auto image = world_.add();
  world_.bury(world_.add(), /*swept=*/false);
  const auto report = back_up();
  EXPECT_EQ(report.images, 1U);
  EXPECT_EQ(report.copied, 1U);
  EXPECT_EQ(report.copied_bytes, image.size);
  EXPECT_EQ(copies_.keys(), std::vector{domain::image_path(image)});
  EXPECT_EQ(copies_.bytes(domain::image_path(image)), world_.bytes_of(image));
}

TEST_F(BackupTest, blobs_with_places_are_copied_without_them) {
  world_.blobs.give_places(true);
  const auto image = world_.add();
  back_up();
  const ports::BlobRef plain{.key = domain::image_path(image)};
  EXPECT_EQ(copies_.refs(), std::vector{plain});
}

TEST_F(BackupTest, what_is_there_already_is_not_copied_again) {
  world_.add();
  back_up();
  world_.add();
  EXPECT_EQ(back_up().copied, 1U);
  EXPECT_EQ(copies_.keys().size(), 2U);
}

TEST_F(BackupTest, a_copy_that_was_cut_short_is_made_again) {
  const auto image = world_.add();
  copies_.put({.key = domain::image_path(image)}, "half");
  EXPECT_EQ(back_up().copied, 1U);
  EXPECT_EQ(copies_.bytes(domain::image_path(image)), world_.bytes_of(image));
}

TEST_F(BackupTest, a_copy_with_other_bytes_is_made_again_when_all_are_hashed) {
  const auto image = world_.add();
  copies_.put({.key = domain::image_path(image)}, std::string(image.size, 'x'));
  EXPECT_EQ(back_up().copied, 0U);
  EXPECT_EQ(check().count, 1U);
  EXPECT_EQ(back_up({.depth = Depth::Bytes}).copied, 1U);
  EXPECT_EQ(check().count, 0U);
}

TEST_F(BackupTest, an_image_that_is_deleted_during_the_backup_is_gone_and_not_lost) {
  const auto image = world_.add();
  auto before = snapshot();
  world_.bury(image, /*swept=*/true);
  const auto report = back_up(before);
  EXPECT_EQ(report.gone, std::vector{image.id});
  EXPECT_EQ(report.lost.count, 0U);
}

TEST_F(BackupTest, an_image_that_is_moved_during_the_backup_is_copied_from_its_new_place) {
  const auto image = world_.add();
  auto before = snapshot();
  const domain::BlobPlace place{.segment = 2};
  world_.blobs.put({.key = domain::image_path(image), .place = place}, world_.bytes_of(image));
  run(world_.catalog.move(image, place, std::nullopt));
  world_.remove_blob(image);
  EXPECT_EQ(back_up(before).copied, 1U);
}

TEST_F(BackupTest, a_blob_that_is_missing_or_spoiled_is_lost_and_never_copied) {
  world_.remove_blob(world_.add());
  const auto spoiled = world_.add();
  world_.blobs.put(ports::blob_of(spoiled), std::string(spoiled.size, 'x'));
  EXPECT_EQ(back_up().lost.count, 2U);
  EXPECT_TRUE(copies_.keys().empty());
}

TEST_F(BackupTest, copies_that_the_snapshot_does_not_name_go_only_when_asked) {
  const auto image = world_.add();
  const auto deleted = world_.add();
  back_up();
  copies_.put({.key = "notes/readme.txt"}, "of somebody else");
  world_.bury(deleted, /*swept=*/true);
  EXPECT_EQ(back_up().pruned, 0U);
  EXPECT_EQ(copies_.keys().size(), 3U);
  EXPECT_EQ(back_up({.prune = true}).pruned, 1U);
  EXPECT_EQ(copies_.keys(),
            (std::vector<std::string>{"notes/readme.txt", domain::image_path(image)}));
}

TEST_F(BackupTest, a_check_finds_what_is_not_there_but_not_what_was_gone) {
  const auto image = world_.add();
  EXPECT_EQ(check().count, 1U);
  EXPECT_EQ(check({image.id}).count, 0U);
}

class RestoreTest : public BackupTest {
 protected:
  RestoreReport restore(std::vector<domain::ImageId> gone = {}) {
    Restore work({world_.catalog, world_.images, copies_, restored_, world_.clock}, std::move(gone),
                 ignore);
    return run(work.run());
  }

  support::FakeBlobStore restored_;
};

TEST_F(RestoreTest, every_picture_is_back_with_the_place_that_it_has_now) {
  world_.blobs.give_places(true);
  const auto image = world_.add();
  back_up();
  const auto report = restore();
  EXPECT_EQ(report.images, 1U);
  EXPECT_EQ(report.bytes, image.size);
  EXPECT_FALSE(world_.row(image).place);
  EXPECT_EQ(restored_.bytes(domain::image_path(image)), world_.bytes_of(image));
}

TEST_F(RestoreTest, a_store_that_gives_places_is_filled_too) {
  const auto image = world_.add();
  back_up();
  restored_.give_places(true);
  restore();
  EXPECT_EQ(restored_.refs(), std::vector{ports::blob_of(world_.row(image))});
  EXPECT_TRUE(world_.row(image).place);
}

TEST_F(RestoreTest, a_picture_that_is_damaged_in_the_backup_is_lost_and_not_stored) {
  const auto image = world_.add();
  back_up();
  copies_.put({.key = domain::image_path(image)}, std::string(image.size, 'x'));
  EXPECT_EQ(restore().lost.count, 1U);
  EXPECT_TRUE(restored_.keys().empty());
  EXPECT_FALSE(world_.row(image).deleted_at);
}

TEST_F(RestoreTest, what_was_deleted_during_the_backup_is_deleted_here_too) {
  const auto image = world_.add();
  const auto report = restore({image.id});
  EXPECT_EQ(report.gone, 1U);
  EXPECT_EQ(report.lost.count, 0U);
  EXPECT_TRUE(world_.row(image).deleted_at);
}

TEST_F(RestoreTest, what_the_old_store_had_to_remove_is_forgotten) {
  const auto image = world_.add();
  const domain::BlobPlace place{.segment = 2};
  world_.blobs.put({.key = domain::image_path(image), .place = place}, world_.bytes_of(image));
  run(world_.catalog.move(image, place, world_.clock.now()));
  back_up();
  restore();
  EXPECT_TRUE(world_.images.removals().empty());
  EXPECT_FALSE(world_.row(image).place);
}

}  // namespace
}  // namespace pixelvault::services
