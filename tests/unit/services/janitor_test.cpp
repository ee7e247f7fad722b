#include "services/janitor.hpp"

#include <gtest/gtest.h>

#include "services/mint.hpp"
#include "support/failing_blob_store.hpp"
#include "unit/services/world.hpp"

namespace pixelvault::services {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using support::run;

class JanitorSweep : public testing::Test {
 protected:
  domain::Image add(std::vector<UploadForm::Field> fields = {}) {
    return world_.upload(world_.photo(++number_), std::move(fields))->image;
  }
  Janitor over(ports::BlobStore& blobs) {
    return Janitor({world_.images, blobs, world_.clock, world_.projects, world_.accounts,
                    world_.link_keys, world_.exports});
  }
  /// Sweeps until nothing is left to do. Returns how many sweeps that took.
  int sweep_all() {
    int sweeps = 0;
    while (run(world_.janitor.sweep()) > 0) ++sweeps;
    return sweeps;
  }

  support::World world_;
  int number_ = 0;
};

TEST_F(JanitorSweep, nothing_due_is_nothing_done) {
  add();
  add({{"expires_in", "3600"}});
  EXPECT_EQ(run(world_.janitor.sweep()), 0U);
  EXPECT_EQ(world_.blobs.keys().size(), 2U);
}

TEST_F(JanitorSweep, images_whose_time_is_over_go_with_their_bytes_and_give_storage_back) {
  add({{"expires_in", "60"}});
  const auto stays = add();
  world_.clock.advance(seconds(60));
  sweep_all();
  EXPECT_EQ(world_.blobs.keys(), std::vector{domain::image_path(stays)});
  const auto usage = run(world_.usage_service.find(world_.caller));
  EXPECT_EQ(usage.used.storage_bytes, stays.size);
  EXPECT_EQ(usage.used.uploads, 2U) << "an upload stays one";
}

TEST_F(JanitorSweep, a_crowd_of_expired_images_goes_in_batches) {
  constexpr int kCrowd = 1200;
  for (int i = 0; i < kCrowd; ++i) {
    auto image = world_.build.image(world_.caller.project);
    image.expires_at = world_.clock.now() + seconds(1);
    run(world_.images.insert(support::Builders::upload(image)));
  }
  world_.clock.advance(minutes(1));
  EXPECT_LE(run(world_.janitor.sweep()), 600U);
  sweep_all();
  EXPECT_TRUE(world_.images.removals().empty());
  for (const auto& image : world_.images.images()) EXPECT_TRUE(image.deleted_at.has_value());
}

TEST_F(JanitorSweep, a_deleted_project_is_emptied) {
  add();
  world_.upload_as(world_.test_caller(), world_.photo(7));
  run(world_.projects.mark_deleted(world_.caller.account, world_.caller.project,
                                   world_.clock.now()));
  sweep_all();
  EXPECT_TRUE(world_.blobs.keys().empty());
  EXPECT_TRUE(run(world_.projects.list_unemptied(10)).empty());
}

TEST_F(JanitorSweep, bytes_that_could_not_be_removed_are_tried_again_after_the_lease) {
  const auto image = add();
  run(world_.images.mark_deleted(image.project, image.environment, image.id, world_.clock.now()));
  support::FailingBlobStore failing(world_.blobs, {.on_call = 1});
  auto janitor = over(failing);
  EXPECT_EQ(run(janitor.sweep()), 0U);
  EXPECT_EQ(run(janitor.sweep()), 0U) << "it is leased";
  world_.clock.advance(minutes(6));
  EXPECT_EQ(run(janitor.sweep()), 1U);
  EXPECT_TRUE(world_.blobs.keys().empty());
  EXPECT_TRUE(world_.images.removals().empty());
}

TEST_F(JanitorSweep, a_new_server_takes_over_what_a_dead_one_had_leased) {
  const auto image = add();
  const auto now = world_.clock.now();
  run(world_.images.mark_deleted(image.project, image.environment, image.id, now));
  run(world_.images.lease_removals(now, now + minutes(5), 10));
  run(world_.exports.add(world_.build.export_job(world_.caller.project)));
  run(world_.exports.lease(now, now + minutes(1)));

  world_.clock.advance(seconds(1));
  EXPECT_EQ(run(world_.janitor.take_over()), 2U);
  EXPECT_EQ(run(world_.janitor.sweep()), 1U);
  EXPECT_TRUE(world_.blobs.keys().empty());
  EXPECT_TRUE(run(world_.exports.lease(now, now + minutes(1))).has_value());
}

TEST_F(JanitorSweep, what_nobody_may_ask_for_any_more_is_forgotten) {
  ASSERT_TRUE(world_.upload(world_.photo(1), {}, "key").has_value());
  run(world_.accounts.open_session(world_.build.session(world_.caller.account)));
  world_.clock.advance(hours(23));
  sweep_all();
  EXPECT_EQ(world_.records->upload_keys.size(), 1U);
  EXPECT_EQ(world_.accounts.sessions().size(), 1U);
  world_.clock.advance(hours(2));
  sweep_all();
  EXPECT_TRUE(world_.records->upload_keys.empty());
  EXPECT_TRUE(world_.accounts.sessions().empty());
}

TEST_F(JanitorSweep, an_export_is_told_to_have_expired_for_a_week) {
  run(world_.exports.add(world_.build.export_job(world_.caller.project)));
  world_.clock.advance(days(7));
  sweep_all();
  EXPECT_EQ(world_.records->exports.size(), 1U);
  world_.clock.advance(days(2));
  sweep_all();
  EXPECT_TRUE(world_.records->exports.empty());
}

TEST_F(JanitorSweep, a_link_key_is_kept_until_the_last_link_that_it_signed_is_over) {
  run(world_.link_keys.add(mint_link_key(world_.clock.now(), world_.random)));
  world_.clock.advance(days(400));
  sweep_all();
  EXPECT_EQ(run(world_.link_keys.list()).size(), 1U) << "the newest stays, however old";
  run(world_.link_keys.add(mint_link_key(world_.clock.now(), world_.random)));
  world_.clock.advance(days(30));
  sweep_all();
  EXPECT_EQ(run(world_.link_keys.list()).size(), 2U) << "it signed until 30 days ago";
  world_.clock.advance(days(1));
  sweep_all();
  EXPECT_EQ(run(world_.link_keys.list()).size(), 1U);
}

}  // namespace
}  // namespace pixelvault::services
