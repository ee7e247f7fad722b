// Changing images, and images whose time is over.
#include "ports/image_store_fixture.hpp"

namespace pixelvault::port_suites {

using support::run;

template <class Backend>
class ImageUpdate : public ImageStoreTest<Backend> {};
TYPED_TEST_SUITE(ImageUpdate, RecordBackends);

TYPED_TEST(ImageUpdate, what_is_given_changes_and_the_rest_stays) {
  const auto image = this->insert_in("a");
  const auto renamed = this->update(image, {.filename = "dog.png"}, this->at(5));
  ASSERT_TRUE(renamed);
  EXPECT_EQ(renamed->filename, "dog.png");
  EXPECT_EQ(renamed->folder, "a");
  EXPECT_EQ(renamed->metadata, "{}");
  EXPECT_EQ(renamed->sha256, image.sha256);

  const auto changed =
      this->update(image, {.folder = "b", .metadata = R"({"k":"v"})"}, this->at(5));
  EXPECT_EQ(changed->filename, "dog.png");
  this->backend_.reopen();
  const auto found = this->find(image);
  EXPECT_EQ(found->folder, "b");
  EXPECT_EQ(found->filename, "dog.png");
  EXPECT_EQ(found->metadata, R"({"k":"v"})");
}

TYPED_TEST(ImageUpdate, a_move_changes_the_totals_of_both_folders_and_not_of_the_project) {
  const auto image = this->insert_in("a");
  this->insert_in("a");
  this->update(image, {.folder = "b"}, this->at(5));
  EXPECT_EQ(this->list({.project = this->project_, .folder = "a"}).total, 1U);
  EXPECT_EQ(this->list({.project = this->project_, .folder = "b"}).total, 1U);
  EXPECT_EQ(this->list({.project = this->project_}).total, 2U);
  EXPECT_EQ(ids(this->list({.project = this->project_, .folder = "b"}).images), ids({image}));

  this->remove(image, this->at(6));
  EXPECT_EQ(this->list({.project = this->project_, .folder = "b"}).total, 0U);
}

TYPED_TEST(ImageUpdate, another_projects_or_environments_image_is_left_alone) {
  const auto image = this->insert_in("a");
  auto foreign = image;
  foreign.project = this->other_project_;
  EXPECT_FALSE(this->update(foreign, {.folder = "b"}, this->at(1)));
  auto other_environment = image;
  other_environment.environment = domain::Environment::Test;
  EXPECT_FALSE(this->update(other_environment, {.folder = "b"}, this->at(1)));
  EXPECT_EQ(this->find(image)->folder, "a");
}

TYPED_TEST(ImageUpdate, what_is_gone_cannot_be_changed) {
  const auto deleted = this->insert_in("a");
  this->remove(deleted, this->at(5));
  EXPECT_FALSE(this->update(deleted, {.folder = "b"}, this->at(6)));

  auto expiring = this->make_.image(this->project_);
  expiring.expires_at = this->at(100);
  this->insert(expiring);
  EXPECT_TRUE(this->update(expiring, {.folder = "b"}, this->at(99)));
  EXPECT_FALSE(this->update(expiring, {.folder = "c"}, this->at(100)));
  EXPECT_FALSE(this->update(this->make_.image(this->project_), {.folder = "b"}, this->at(1)));
}

template <class Backend>
class ImageExpiry : public ImageStoreTest<Backend> {
 protected:
  domain::Image insert_until(int seconds) {
    auto image = this->make_.image(this->project_);
    image.expires_at = this->at(seconds);
    return this->insert(image);
  }
  std::uint32_t expire(int seconds, std::uint32_t limit = 10) {
    return run(this->upkeep().expire(this->at(seconds), limit));
  }
  ports::ImagePage list_at(int seconds) {
    return this->list({.project = this->project_, .now = this->at(seconds)});
  }
};
TYPED_TEST_SUITE(ImageExpiry, RecordBackends);

TYPED_TEST(ImageExpiry, a_list_leaves_out_images_from_the_second_on_in_which_they_end) {
  const auto kept = this->insert_in("");
  const auto expiring = this->insert_until(100);
  EXPECT_EQ(ids(this->list_at(99).images), ids({expiring, kept}));
  EXPECT_EQ(ids(this->list_at(100).images), ids({kept}));
}

TYPED_TEST(ImageExpiry, pages_are_full_although_expired_images_lie_between) {
  const auto first = this->insert_in("");
  this->insert_until(100);
  const auto third = this->insert_in("");
  this->insert_until(100);
  const auto page = this->list({.project = this->project_, .limit = 2, .now = this->at(100)});
  EXPECT_EQ(ids(page.images), ids({third, first}));
  EXPECT_FALSE(page.more);
  const auto second_page =
      this->list({.project = this->project_, .skip = 1, .limit = 1, .now = this->at(100)});
  EXPECT_EQ(ids(second_page.images), ids({first}));
}

TYPED_TEST(ImageExpiry, expired_images_become_tombstones_with_their_removal_and_totals) {
  const auto image = this->insert_until(100);
  this->insert_in("");
  EXPECT_EQ(this->expire(99), 0U);
  EXPECT_EQ(this->expire(100), 1U);
  EXPECT_EQ(this->find(image)->deleted_at, this->at(100));
  EXPECT_EQ(this->find(image)->expires_at, this->at(100));
  EXPECT_EQ(this->list({.project = this->project_}).total, 1U);
  EXPECT_EQ(this->lease(this->at(100), this->at(200)), std::vector{domain::image_path(image)});
  EXPECT_EQ(this->expire(101), 0U);
}

TYPED_TEST(ImageExpiry, no_more_images_are_expired_than_asked) {
  for (int end : {30, 10, 20}) this->insert_until(end);
  EXPECT_EQ(this->expire(99, 2), 2U);
  EXPECT_EQ(this->list({.project = this->project_}).total, 1U);
  EXPECT_EQ(this->expire(99, 2), 1U);
}

TYPED_TEST(ImageExpiry, a_project_is_emptied_of_both_environments_and_of_nobody_elses) {
  this->insert_in("a");
  auto test_image = this->make_.image(this->project_);
  test_image.environment = domain::Environment::Test;
  this->insert(test_image);
  const auto other = this->insert(this->make_.image(this->other_project_));

  EXPECT_EQ(run(this->upkeep().empty_project(this->project_, this->at(5), 10)), 2U);
  EXPECT_EQ(run(this->upkeep().empty_project(this->project_, this->at(6), 10)), 0U);
  EXPECT_EQ(this->find(test_image)->deleted_at, this->at(5));
  EXPECT_FALSE(this->find(other)->deleted_at);
  EXPECT_EQ(this->list({.project = this->project_, .folder = "a"}).total, 0U);
  EXPECT_EQ(this->lease(this->at(9), this->at(99)).size(), 2U);
}

TYPED_TEST(ImageExpiry, the_blob_of_a_private_image_is_removed_from_its_own_path) {
  auto image = this->make_.image(this->project_);
  image.visibility = domain::Visibility::Private;
  this->insert(image);
  this->remove(image, this->at(1));
  const auto keys = this->lease(this->at(2), this->at(9));
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_NE(keys.front().find("/cp/i/"), std::string::npos);
}

}  // namespace pixelvault::port_suites
