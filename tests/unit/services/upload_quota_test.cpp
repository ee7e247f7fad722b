// Plans as uploads meet them (contract §6), and what an image's fields make of it.
#include <gtest/gtest.h>

#include "domain/month.hpp"
#include "unit/services/world.hpp"

namespace pixelvault::services {
namespace {

using domain::ErrorCode;
using std::chrono::hours;
using std::chrono::seconds;
using support::run;
using Field = UploadForm::Field;

class UploadQuota : public testing::Test {
 protected:
  domain::Error refuse(const domain::Result<Uploaded>& result) {
    EXPECT_FALSE(result.has_value());
    EXPECT_EQ(world_.blobs.keys().size(), world_.images.images().size()) << "a blob was left";
    EXPECT_EQ(world_.blobs.open_writers(), 0);
    return result.has_value() ? domain::Error{ErrorCode::Internal, ""} : result.error();
  }

  support::World world_;
  const Field private_{"visibility", "private"};
};

TEST_F(UploadQuota, the_upload_over_the_months_number_is_told_when_the_next_one_may_come) {
  world_.plans.set({.name = "free", .uploads_per_month = 2});
  ASSERT_TRUE(world_.upload(world_.photo(1)).has_value());
  ASSERT_TRUE(world_.upload(world_.photo(2)).has_value());
  const auto error = refuse(world_.upload(world_.photo(3)));
  EXPECT_EQ(error.code, ErrorCode::UploadQuotaExceeded);
  EXPECT_EQ(error.limit, 2U);
  EXPECT_EQ(error.actual, 2U);
  const auto reset = domain::month_of(world_.clock.now()).end;
  EXPECT_EQ(error.resets_at, reset);
  world_.clock.set(reset);
  EXPECT_TRUE(world_.upload(world_.photo(3)).has_value());
}

TEST_F(UploadQuota, storage_holds_exactly_its_limit_and_is_given_back_by_deleting) {
  const std::uint64_t size = world_.photo(1).size();
  world_.plans.set({.name = "free", .storage_bytes = 2 * size});
  ASSERT_TRUE(world_.upload(world_.photo(1)).has_value());
  const auto second = world_.upload(world_.photo(2));
  ASSERT_TRUE(second.has_value());
  const auto error = refuse(world_.upload(world_.photo(3)));
  EXPECT_EQ(error.code, ErrorCode::StorageQuotaExceeded);
  EXPECT_EQ(error.limit, 2 * size);
  EXPECT_EQ(error.actual, 2 * size);
  EXPECT_FALSE(error.resets_at.has_value());
  ASSERT_TRUE(run(world_.library.remove(world_.caller, second->image.id.to_string())).has_value());
  EXPECT_TRUE(world_.upload(world_.photo(3)).has_value());
}

TEST_F(UploadQuota, private_images_have_a_number_of_their_own) {
  world_.plans.set({.name = "free", .private_images = 1});
  ASSERT_TRUE(world_.upload(world_.photo(1), {private_}).has_value());
  const auto error = refuse(world_.upload(world_.photo(2), {private_}));
  EXPECT_EQ(error.code, ErrorCode::PrivateQuotaExceeded);
  EXPECT_EQ(error.limit, 1U);
  EXPECT_TRUE(world_.upload(world_.photo(2)).has_value());
}

TEST_F(UploadQuota, a_retry_is_answered_even_when_the_plan_is_full) {
  world_.plans.set({.name = "free", .uploads_per_month = 2});
  ASSERT_TRUE(world_.upload(world_.photo(1), {}, "key").has_value());
  ASSERT_TRUE(world_.upload(world_.photo(2)).has_value());
  EXPECT_TRUE(world_.upload(world_.photo(1), {}, "key")->replayed);
  EXPECT_TRUE(world_.upload(world_.photo(2))->replayed);
}

TEST_F(UploadQuota, test_images_count_as_storage_and_not_as_uploads) {
  world_.plans.set({.name = "free", .uploads_per_month = 1});
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(world_.upload_as(world_.test_caller(), world_.photo(i)).has_value());
  }
  const auto usage = run(world_.usage_service.find(world_.caller));
  EXPECT_EQ(usage.used.uploads, 0U);
  EXPECT_EQ(usage.used.storage_bytes, 3 * world_.photo(0).size());
  EXPECT_EQ(usage.plan.uploads_per_month, 1U);
  EXPECT_EQ(usage.month.name, "2026-11");
}

TEST_F(UploadQuota, a_file_over_the_plans_size_is_refused_whatever_room_there_is) {
  world_.plans.set({.name = "free", .max_file_bytes = world_.photo(1).size() - 1});
  EXPECT_EQ(refuse(world_.upload(world_.photo(1))).code, ErrorCode::FileTooLarge);
}

TEST_F(UploadQuota, an_account_whose_plan_is_gone_has_the_smallest) {
  world_.caller.plan = "forgotten";
  world_.plans.set({.name = "free", .uploads_per_month = 0});
  EXPECT_EQ(refuse(world_.upload(world_.photo(1))).code, ErrorCode::UploadQuotaExceeded);
}

TEST_F(UploadQuota, a_live_image_ends_when_it_was_asked_to_and_a_test_image_within_a_day) {
  const auto now = world_.clock.now();
  const Field week{"expires_in", "604800"};
  const Field hour{"expires_in", "3600"};
  EXPECT_FALSE(world_.upload(world_.photo(1))->image.expires_at.has_value());
  EXPECT_EQ(world_.upload(world_.photo(1), {week})->image.expires_at, now + hours(168));
  const auto test_key = world_.test_caller();
  EXPECT_EQ(world_.upload_as(test_key, world_.photo(1))->image.expires_at, now + hours(24));
  EXPECT_EQ(world_.upload_as(test_key, world_.photo(1), {week})->image.expires_at, now + hours(24));
  EXPECT_EQ(world_.upload_as(test_key, world_.photo(1), {hour})->image.expires_at, now + hours(1));
}

TEST_F(UploadQuota, a_private_upload_says_when_its_link_ends) {
  const auto now = std::chrono::floor<seconds>(world_.clock.now()).time_since_epoch().count();
  EXPECT_FALSE(world_.upload(world_.photo(1))->signed_expires.has_value());
  EXPECT_EQ(world_.upload(world_.photo(1), {private_})->signed_expires, now + 604'800);
  EXPECT_EQ(
      world_.upload(world_.photo(2), {private_, Field{"sign_expires_in", "60"}})->signed_expires,
      now + 60);
}

}  // namespace
}  // namespace pixelvault::services
