#include "ports/usage_store.hpp"

#include "ports/record_fixture.hpp"

namespace pixelvault::port_suites {

using support::run;

template <class Backend>
class UsageStore : public RecordTest<Backend> {
 protected:
  domain::AccountUsage used(const ports::Registration& who, const std::string& month = "2026-11") {
    return run(this->usage().find(who.account.id, month));
  }
  domain::Image insert(domain::Image image) {
    const auto outcome = run(this->images().insert(this->make_.upload(image)));
    EXPECT_TRUE(std::holds_alternative<ports::Stored>(outcome));
    return image;
  }

  const ports::Registration ann_ = this->register_account("ann@example.org");
  const ports::Registration bob_ = this->register_account("bob@example.org");
};
TYPED_TEST_SUITE(UsageStore, RecordBackends);

TYPED_TEST(UsageStore, a_new_account_has_used_nothing) {
  const auto used = this->used(this->ann_);
  EXPECT_EQ(used.storage_bytes, 0U);
  EXPECT_EQ(used.private_images, 0U);
  EXPECT_EQ(used.uploads, 0U);
  EXPECT_EQ(used.bandwidth_bytes, 0U);
}

TYPED_TEST(UsageStore, an_upload_counts_its_bytes_and_itself) {
  auto image = this->make_.image(this->ann_.project.id);
  image.size = 700;
  this->insert(image);
  image = this->make_.image(this->ann_.project.id);
  image.size = 5'000'000'000;
  image.visibility = domain::Visibility::Private;
  this->insert(image);
  this->backend_.reopen();

  const auto used = this->used(this->ann_);
  EXPECT_EQ(used.storage_bytes, 5'000'000'700U);
  EXPECT_EQ(used.private_images, 1U);
  EXPECT_EQ(used.uploads, 2U);
  EXPECT_EQ(this->used(this->bob_).storage_bytes, 0U);
}

TYPED_TEST(UsageStore, a_test_image_takes_storage_but_is_no_upload) {
  auto image = this->make_.image(this->ann_.project.id);
  image.environment = domain::Environment::Test;
  image.visibility = domain::Visibility::Private;
  this->insert(image);
  const auto used = this->used(this->ann_);
  EXPECT_EQ(used.storage_bytes, image.size);
  EXPECT_EQ(used.private_images, 1U);
  EXPECT_EQ(used.uploads, 0U);
}

TYPED_TEST(UsageStore, all_projects_of_an_account_are_counted_together) {
  const auto second = this->make_.project(this->ann_.account.id);
  run(this->projects().add(second, std::nullopt));
  this->insert(this->make_.image(this->ann_.project.id));
  this->insert(this->make_.image(second.id));
  EXPECT_EQ(this->used(this->ann_).storage_bytes, 2000U);
  EXPECT_EQ(this->used(this->ann_).uploads, 2U);
}

TYPED_TEST(UsageStore, an_upload_counts_in_the_month_in_which_it_was_made) {
  auto image = this->make_.image(this->ann_.project.id);
  image.created_at = base::from_unix_millis(1'796'083'199'999);  // the last moment of November
  this->insert(image);
  image = this->make_.image(this->ann_.project.id);
  image.created_at = base::from_unix_millis(1'796'083'200'000);
  this->insert(image);
  EXPECT_EQ(this->used(this->ann_, "2026-11").uploads, 1U);
  EXPECT_EQ(this->used(this->ann_, "2026-12").uploads, 1U);
  EXPECT_EQ(this->used(this->ann_, "2026-12").storage_bytes, 2000U);
}

TYPED_TEST(UsageStore, a_deleted_image_gives_its_space_back_once_and_stays_an_upload) {
  auto image = this->make_.image(this->ann_.project.id);
  image.visibility = domain::Visibility::Private;
  this->insert(image);
  const auto kept = this->insert(this->make_.image(this->ann_.project.id));
  for (int i = 0; i < 2; ++i) {
    run(this->images().mark_deleted(image.project, image.environment, image.id, this->at(9)));
    run(this->upkeep().expire(this->at(99), 10));
  }
  const auto used = this->used(this->ann_);
  EXPECT_EQ(used.storage_bytes, kept.size);
  EXPECT_EQ(used.private_images, 0U);
  EXPECT_EQ(used.uploads, 2U);
}

TYPED_TEST(UsageStore, an_expired_image_gives_its_space_back_when_it_is_buried) {
  auto image = this->make_.image(this->ann_.project.id);
  image.visibility = domain::Visibility::Private;
  image.expires_at = this->at(100);
  this->insert(image);
  EXPECT_EQ(this->used(this->ann_).storage_bytes, image.size);
  run(this->upkeep().expire(this->at(100), 10));
  EXPECT_EQ(this->used(this->ann_).storage_bytes, 0U);
  EXPECT_EQ(this->used(this->ann_).private_images, 0U);
}

TYPED_TEST(UsageStore, an_emptied_project_gives_its_space_back_even_when_it_is_deleted) {
  for (int i = 0; i < 3; ++i) this->insert(this->make_.image(this->ann_.project.id));
  const auto project = this->ann_.project.id;
  run(this->projects().mark_deleted(this->ann_.account.id, project, this->at(1)));
  EXPECT_EQ(this->used(this->ann_).storage_bytes, 3000U);
  run(this->upkeep().empty_project(project, this->at(2), 10));
  EXPECT_EQ(this->used(this->ann_).storage_bytes, 0U);
}

TYPED_TEST(UsageStore, bandwidth_is_added_up_by_account_and_month) {
  const auto second = this->make_.project(this->ann_.account.id);
  run(this->projects().add(second, std::nullopt));
  const auto unknown = this->make_.template id<domain::ProjectId>();
  const std::vector<ports::SentBytes> sent = {{.project = this->ann_.project.id, .bytes = 10},
                                              {.project = second.id, .bytes = 5'000'000'000},
                                              {.project = unknown, .bytes = 7},
                                              {.project = this->bob_.project.id, .bytes = 3}};
  run(this->usage().book_bandwidth(sent, "2026-11"));
  run(this->usage().book_bandwidth(sent, "2026-11"));
  run(this->usage().book_bandwidth({{.project = second.id, .bytes = 1}}, "2026-12"));

  EXPECT_EQ(this->used(this->ann_).bandwidth_bytes, 10'000'000'020U);
  EXPECT_EQ(this->used(this->ann_, "2026-12").bandwidth_bytes, 1U);
  EXPECT_EQ(this->used(this->bob_).bandwidth_bytes, 6U);
}

TYPED_TEST(UsageStore, uploads_and_bandwidth_of_a_month_do_not_disturb_each_other) {
  this->insert(this->make_.image(this->ann_.project.id));
  run(this->usage().book_bandwidth({{.project = this->ann_.project.id, .bytes = 9}}, "2026-11"));
  this->insert(this->make_.image(this->ann_.project.id));
  EXPECT_EQ(this->used(this->ann_).uploads, 2U);
  EXPECT_EQ(this->used(this->ann_).bandwidth_bytes, 9U);
}

TYPED_TEST(UsageStore, the_bandwidth_of_a_project_is_that_of_its_account_with_the_plan) {
  const auto second = this->make_.project(this->ann_.account.id);
  run(this->projects().add(second, std::nullopt));
  run(this->accounts().set_plan(this->ann_.account.id, "pro"));
  run(this->usage().book_bandwidth({{.project = this->ann_.project.id, .bytes = 9}}, "2026-11"));

  const auto use = run(this->usage().find_bandwidth(second.id, "2026-11"));
  ASSERT_TRUE(use);
  EXPECT_EQ(use->plan, "pro");
  EXPECT_EQ(use->bytes, 9U);
  EXPECT_EQ(run(this->usage().find_bandwidth(second.id, "2026-12"))->bytes, 0U);
  const auto unknown = this->make_.template id<domain::ProjectId>();
  EXPECT_FALSE(run(this->usage().find_bandwidth(unknown, "2026-11")));
}

}  // namespace pixelvault::port_suites
