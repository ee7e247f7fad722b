// What an upload is held against, and that nothing stays of one that was refused.
#include <algorithm>

#include "ports/image_store_fixture.hpp"

namespace pixelvault::port_suites {

using domain::Quota;
using ports::OverQuota;
using ports::Replayed;
using ports::Stored;
using support::run;

template <class Backend>
class ImageQuota : public ImageStoreTest<Backend> {
 protected:
  /// 1000 bytes, public and live.
  ports::NewImage upload(domain::UploadLimits limits = {}) {
    auto upload = this->make_.upload(this->make_.image(ann_.project.id));
    upload.limits = limits;
    return upload;
  }
  ports::NewImage private_upload(domain::UploadLimits limits = {}) {
    auto hidden = upload(limits);
    hidden.image.visibility = domain::Visibility::Private;
    return hidden;
  }
  bool stored(const ports::NewImage& upload) {
    return std::holds_alternative<Stored>(this->try_insert(upload));
  }
  void expect_over(const ports::NewImage& upload, const OverQuota& expected) {
    const auto outcome = this->try_insert(upload);
    const auto* over = std::get_if<OverQuota>(&outcome);
    ASSERT_NE(over, nullptr) << "outcome " << outcome.index();
    EXPECT_EQ(over->quota, expected.quota);
    EXPECT_EQ(over->limit, expected.limit);
    EXPECT_EQ(over->used, expected.used);
  }
  domain::AccountUsage used() { return run(this->usage().find(ann_.account.id, "2026-11")); }
  /// How many of 100 uploads at once were stored; the others must have been over `quota`.
  int count_stored_of_100(domain::UploadLimits limits, Quota quota) {
    std::vector<base::task<ports::InsertOutcome>> tasks;
    for (int i = 0; i < 100; ++i) tasks.push_back(this->store().insert(private_upload(limits)));
    int stored = 0;
    for (auto& result : support::run_all(std::move(tasks))) {
      const auto outcome = result.get();
      if (std::holds_alternative<Stored>(outcome)) {
        ++stored;
      } else {
        EXPECT_EQ(std::get<OverQuota>(outcome).quota, quota);
      }
    }
    return stored;
  }

  const ports::Registration ann_ = this->register_account();
};
TYPED_TEST_SUITE(ImageQuota, RecordBackends);

TYPED_TEST(ImageQuota, storage_can_be_filled_to_the_last_byte_and_not_further) {
  EXPECT_TRUE(this->stored(this->upload({.storage_bytes = 2000})));
  EXPECT_TRUE(this->stored(this->upload({.storage_bytes = 2000})));
  this->expect_over(this->upload({.storage_bytes = 2999}),
                    {.quota = Quota::Storage, .limit = 2999, .used = 2000});
  EXPECT_TRUE(this->stored(this->upload({.storage_bytes = 3000})));
}

TYPED_TEST(ImageQuota, uploads_are_limited_by_the_month) {
  EXPECT_TRUE(this->stored(this->upload({.uploads = 2})));
  EXPECT_TRUE(this->stored(this->upload({.uploads = 2})));
  this->expect_over(this->upload({.uploads = 2}), {.quota = Quota::Uploads, .limit = 2, .used = 2});
  auto december = this->upload({.uploads = 2});
  december.image.created_at = base::from_unix_millis(1'796'083'200'000);
  EXPECT_TRUE(this->stored(december));
}

TYPED_TEST(ImageQuota, private_images_are_limited_and_public_ones_are_not) {
  EXPECT_TRUE(this->stored(this->private_upload({.private_images = 1})));
  this->expect_over(this->private_upload({.private_images = 1}),
                    {.quota = Quota::PrivateImages, .limit = 1, .used = 1});
  EXPECT_TRUE(this->stored(this->upload({.private_images = 0})));
}

TYPED_TEST(ImageQuota, test_images_take_storage_and_private_images_but_no_uploads) {
  auto test_image = this->private_upload({.storage_bytes = 1000, .uploads = 0});
  test_image.image.environment = domain::Environment::Test;
  EXPECT_TRUE(this->stored(test_image));
  auto second = this->private_upload({.storage_bytes = 1000});
  second.image.environment = domain::Environment::Test;
  this->expect_over(second, {.quota = Quota::Storage, .limit = 1000, .used = 1000});
  second.limits = {.private_images = 1};
  this->expect_over(second, {.quota = Quota::PrivateImages, .limit = 1, .used = 1});
}

TYPED_TEST(ImageQuota, a_limit_of_nothing_lets_nothing_in) {
  this->expect_over(this->upload({.uploads = 0}), {.quota = Quota::Uploads, .limit = 0, .used = 0});
  this->expect_over(this->upload({.storage_bytes = 0}),
                    {.quota = Quota::Storage, .limit = 0, .used = 0});
  this->expect_over(this->private_upload({.private_images = 0}),
                    {.quota = Quota::PrivateImages, .limit = 0, .used = 0});
}

TYPED_TEST(ImageQuota, a_limit_beyond_all_numbers_is_none) {
  constexpr std::uint64_t kMost = ~std::uint64_t{0};
  EXPECT_TRUE(this->stored(this->private_upload(
      {.storage_bytes = kMost / 2 + 5, .uploads = kMost, .private_images = kMost})));
}

TYPED_TEST(ImageQuota, nothing_is_counted_or_kept_of_an_upload_that_is_refused) {
  ASSERT_TRUE(this->stored(this->private_upload()));
  const auto before = this->used();
  for (const domain::UploadLimits limits :
       {domain::UploadLimits{.storage_bytes = 1500}, domain::UploadLimits{.uploads = 1},
        domain::UploadLimits{.private_images = 1}}) {
    const auto refused = this->private_upload(limits);
    EXPECT_TRUE(std::holds_alternative<OverQuota>(this->try_insert(refused)));
    EXPECT_FALSE(this->find(refused.image));
    EXPECT_FALSE(run(this->store().find_replay(refused.image.project, refused.image.environment,
                                               refused.identity, this->at(1))));
  }
  const auto after = this->used();
  EXPECT_EQ(after.storage_bytes, before.storage_bytes);
  EXPECT_EQ(after.private_images, before.private_images);
  EXPECT_EQ(after.uploads, before.uploads);
  EXPECT_EQ(this->list({.project = this->ann_.project.id}).total, 1U);
}

TYPED_TEST(ImageQuota, a_retry_is_answered_though_the_plan_is_full_and_counts_nothing) {
  const auto first = this->upload();
  ASSERT_TRUE(this->stored(first));
  auto again = first;
  again.image.id = this->make_.template id<domain::ImageId>();
  again.limits = {.storage_bytes = 0, .uploads = 0, .private_images = 0};
  EXPECT_TRUE(std::holds_alternative<Replayed>(this->try_insert(again)));
  EXPECT_EQ(this->used().storage_bytes, 1000U);
  EXPECT_EQ(this->used().uploads, 1U);
}

TYPED_TEST(ImageQuota, a_deletion_makes_room_for_storage_and_private_images_alone) {
  const auto first = this->private_upload();
  ASSERT_TRUE(this->stored(first));
  this->remove(first.image, this->at(5));
  EXPECT_TRUE(this->stored(this->private_upload({.storage_bytes = 1000, .private_images = 1})));
  this->expect_over(this->upload({.uploads = 2}), {.quota = Quota::Uploads, .limit = 2, .used = 2});
}

TYPED_TEST(ImageQuota, an_expired_equal_image_gives_its_room_to_the_next_upload) {
  auto first = this->upload();
  first.image.expires_at = this->at(100);
  ASSERT_TRUE(this->stored(first));
  auto next = this->upload({.storage_bytes = 1000});
  next.identity = first.identity;
  next.image.created_at = this->at(100);
  EXPECT_TRUE(this->stored(next));
  EXPECT_EQ(this->used().storage_bytes, 1000U);
}

TYPED_TEST(ImageQuota, one_account_cannot_use_up_anothers_plan) {
  ASSERT_TRUE(this->stored(this->upload({.storage_bytes = 1000, .uploads = 1})));
  const auto bob = this->register_account("bob@example.org");
  auto bobs = this->make_.upload(this->make_.image(bob.project.id));
  bobs.limits = {.storage_bytes = 1000, .uploads = 1};
  EXPECT_TRUE(this->stored(bobs));
}

TYPED_TEST(ImageQuota, of_many_uploads_at_once_as_many_are_stored_as_there_is_room) {
  EXPECT_EQ(this->count_stored_of_100({.uploads = 1}, Quota::Uploads), 1);
  EXPECT_EQ(this->used().uploads, 1U);
  EXPECT_EQ(this->count_stored_of_100({.storage_bytes = 3500}, Quota::Storage), 2);
  EXPECT_EQ(this->used().storage_bytes, 3000U);
  EXPECT_EQ(this->count_stored_of_100({.private_images = 4}, Quota::PrivateImages), 1);
  EXPECT_EQ(this->used().private_images, 4U);
  EXPECT_EQ(this->used().uploads, 4U);
  EXPECT_EQ(this->used().storage_bytes, 4000U);
}

}  // namespace pixelvault::port_suites
