// What of a batch is stored, and what of it is the same again.
#include "base/unavailable.hpp"
#include "support/failing_image_store.hpp"
#include "unit/services/batch_fixture.hpp"

namespace pixelvault::services {
namespace {

using testing::ElementsAre;

class BatchStoring : public BatchFixture {};

TEST_F(BatchStoring, equal_images_of_one_batch_are_one) {
  Parts parts;
  add(parts, "a.svg", svg(1));
  add(parts, "a.svg", svg(1));
  add(parts, "b.svg", svg(1));
  const auto batch = accept(std::move(parts));
  EXPECT_THAT(outcomes(batch), ElementsAre(201, 200, 201));
  EXPECT_EQ(batch->items[0].outcome->image.id, batch->items[1].outcome->image.id);
  EXPECT_EQ(blobs_.keys().size(), 2U);
}

TEST_F(BatchStoring, a_retry_with_its_key_gives_the_same_images) {
  const auto first = accept(good(3), "K");
  const auto again = accept(good(3), "K");
  EXPECT_THAT(outcomes(first), ElementsAre(201, 201, 201));
  EXPECT_THAT(outcomes(again), ElementsAre(200, 200, 200));
  EXPECT_EQ(first->items[2].outcome->image.id, again->items[2].outcome->image.id);
  EXPECT_EQ(images_.images().size(), 3U);
}

TEST_F(BatchStoring, with_a_key_equal_images_are_two_and_another_order_is_another_batch) {
  Parts same;
  add(same, "a.svg", svg(1));
  add(same, "a.svg", svg(1));
  EXPECT_THAT(outcomes(accept(std::move(same), "K")), ElementsAre(201, 201));
  Parts other;
  add(other, "b.svg", svg(2));
  add(other, "a.svg", svg(1));
  EXPECT_THAT(outcomes(accept(std::move(other), "K")),
              ElementsAre(failed(ErrorCode::IdempotencyKeyReused), 200));
}

TEST_F(BatchStoring, what_is_stored_before_the_quota_ends_is_kept) {
  plans_.set({.name = "free", .uploads_per_month = 2});
  const auto batch = accept(good(4));
  EXPECT_THAT(outcomes(batch), ElementsAre(201, 201, failed(ErrorCode::UploadQuotaExceeded),
                                           failed(ErrorCode::UploadQuotaExceeded)));
  EXPECT_EQ(blobs_.keys().size(), 2U);
}

TEST_F(BatchStoring, a_store_that_fails_before_anything_is_stored_fails_the_request) {
  support::FailingImageStore failing(images_, {.on_call = 1});
  ScriptedBatchForm form(good(2));
  EXPECT_THROW(accept_into(failing, form), base::Unavailable);
  EXPECT_TRUE(images_.images().empty());
  EXPECT_TRUE(blobs_.keys().empty());
}

TEST_F(BatchStoring, a_store_that_fails_later_fails_one_image) {
  // One call an image.
  support::FailingImageStore failing(images_, {.on_call = 2});
  ScriptedBatchForm form(good(3));
  const auto batch = accept_into(failing, form);
  ASSERT_TRUE(batch.has_value());
  EXPECT_THAT(outcomes(batch), ElementsAre(201, failed(ErrorCode::Unavailable), 201));
  support::FailingImageStore full(images_,
                                  {.on_call = 2, .kind = base::Unavailable::Kind::DiskFull});
  auto others = good(5);
  others.erase(others.begin(), others.begin() + 6);
  ScriptedBatchForm more(std::move(others));
  clock_.advance(std::chrono::milliseconds(1));
  EXPECT_THAT(outcomes(accept_into(full, more)),
              ElementsAre(201, failed(ErrorCode::InsufficientStorage)));
}

}  // namespace
}  // namespace pixelvault::services
