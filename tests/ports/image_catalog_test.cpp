// Every image of everybody: listing them, and moving their bytes.
#include "ports/image_catalog.hpp"

#include <algorithm>

#include "ports/image_store_fixture.hpp"

namespace pixelvault::port_suites {

template <class Backend>
class ImageCatalog : public ImageStoreTest<Backend> {
 protected:
  std::vector<domain::Image> page(std::optional<domain::ImageId> after, std::uint32_t limit) {
    return support::run(this->catalog().list(after, limit));
  }
  std::optional<domain::Image> look(const domain::Image& image) {
    return support::run(this->catalog().find(image.id));
  }
  bool is_removal_due(const domain::Image& image) {
    auto blob = ports::blob_of(image);
    return support::run(this->catalog().is_removal_due(std::move(blob)));
  }
  bool move(const domain::Image& image, std::optional<domain::BlobPlace> place,
            std::optional<base::Timestamp> remove_old_at = std::nullopt) {
    return support::run(this->catalog().move(image, place, remove_old_at));
  }
};
TYPED_TEST_SUITE(ImageCatalog, RecordBackends);

namespace {

constexpr domain::BlobPlace kPlace{.segment = 3, .offset = 4096};

}  // namespace

TYPED_TEST(ImageCatalog, lists_every_projects_images_by_id_with_tombstones) {
  const auto first = this->insert_in("a");
  auto second = this->make_.image(this->other_project_);
  second.environment = domain::Environment::Test;
  this->insert(second);
  const auto third = this->insert_in("");
  this->remove(third, this->at(1));

  EXPECT_EQ(ids(this->page(std::nullopt, 10)), ids({first, second, third}));
  EXPECT_TRUE(this->page(std::nullopt, 10).back().deleted_at);
}

TYPED_TEST(ImageCatalog, pages_follow_each_other_and_end) {
  std::vector<domain::Image> all;
  for (int i = 0; i < 5; ++i) all.push_back(this->insert_in(""));
  const auto first = this->page(std::nullopt, 3);
  EXPECT_EQ(ids(first), ids({all[0], all[1], all[2]}));
  const auto second = this->page(first.back().id, 3);
  EXPECT_EQ(ids(second), ids({all[3], all[4]}));
  EXPECT_TRUE(this->page(second.back().id, 3).empty());
}

TYPED_TEST(ImageCatalog, finds_an_image_by_its_id_alone) {
  auto image = this->make_.image(this->other_project_);
  image.place = kPlace;
  this->insert(image);
  ASSERT_TRUE(this->look(image));
  EXPECT_EQ(this->look(image)->place, kPlace);
  EXPECT_FALSE(this->look(this->make_.image(this->project_)));
}

TYPED_TEST(ImageCatalog, totals_are_those_of_living_images) {
  this->insert_in("a");
  this->insert_in("b");
  this->remove(this->insert_in("b"), this->at(1));
  const auto totals = support::run(this->catalog().totals());
  EXPECT_EQ(totals.images, 2U);
  EXPECT_EQ(totals.bytes, 2000U);
}

TYPED_TEST(ImageCatalog, totals_of_nothing_are_none) {
  EXPECT_EQ(support::run(this->catalog().totals()).images, 0U);
}

TYPED_TEST(ImageCatalog, a_removal_is_due_from_the_deletion_until_it_is_finished) {
  const auto image = this->insert_in("");
  EXPECT_FALSE(this->is_removal_due(image));
  this->remove(image, this->at(1));
  EXPECT_TRUE(this->is_removal_due(image));
  auto elsewhere = image;
  elsewhere.place = kPlace;
  EXPECT_FALSE(this->is_removal_due(elsewhere));
  this->finish_removal(image);
  EXPECT_FALSE(this->is_removal_due(image));
}

TYPED_TEST(ImageCatalog, a_moved_image_has_its_new_place_and_leaves_the_old_blob_to_the_outbox) {
  const auto image = this->insert_in("");
  EXPECT_TRUE(this->move(image, kPlace, this->at(60)));
  EXPECT_EQ(this->look(image)->place, kPlace);

  EXPECT_EQ(this->lease(this->at(59), this->at(90)), std::vector<std::string>{});
  const auto due = support::run(this->upkeep().lease_removals(this->at(60), this->at(90), 9));
  EXPECT_EQ(due, std::vector{ports::blob_of(image)});
}

TYPED_TEST(ImageCatalog, a_place_can_be_set_without_removing_anything) {
  const auto image = this->insert_in("");
  EXPECT_TRUE(this->move(image, kPlace));
  EXPECT_FALSE(this->is_removal_due(image));
}

TYPED_TEST(ImageCatalog, an_image_that_was_moved_or_deleted_meanwhile_is_left_alone) {
  const auto image = this->insert_in("");
  EXPECT_TRUE(this->move(image, kPlace));
  EXPECT_FALSE(this->move(image, domain::BlobPlace{.segment = 9}, this->at(1)));
  EXPECT_EQ(this->look(image)->place, kPlace);

  const auto deleted = this->insert_in("");
  this->remove(deleted, this->at(1));
  EXPECT_FALSE(this->move(deleted, kPlace, this->at(2)));
  EXPECT_FALSE(this->look(deleted)->place);
  EXPECT_FALSE(this->move(this->make_.image(this->project_), kPlace));
}

TYPED_TEST(ImageCatalog, a_blob_is_not_moved_to_where_it_is) {
  const auto image = this->insert_in("");
  EXPECT_FALSE(this->move(image, image.place, this->at(1)));
  EXPECT_FALSE(this->is_removal_due(image));
}

TYPED_TEST(ImageCatalog, a_blob_is_not_moved_to_where_one_is_about_to_be_removed) {
  const auto image = this->insert_in("");
  EXPECT_TRUE(this->move(image, kPlace, this->at(60)));
  auto moved = image;
  moved.place = kPlace;
  EXPECT_FALSE(this->move(moved, std::nullopt));
  this->finish_removal(image);
  EXPECT_TRUE(this->move(moved, std::nullopt));
}

TYPED_TEST(ImageCatalog, removals_of_an_old_store_are_forgotten) {
  const auto image = this->insert_in("");
  this->remove(image, this->at(1));
  support::run(this->catalog().forget_removals());
  EXPECT_FALSE(this->is_removal_due(image));
}

TYPED_TEST(ImageCatalog, deleting_a_moved_image_removes_the_blob_where_it_is) {
  const auto image = this->insert_in("");
  this->move(image, kPlace);
  this->remove(image, this->at(1));
  auto moved = image;
  moved.place = kPlace;
  EXPECT_TRUE(this->is_removal_due(moved));
  EXPECT_FALSE(this->is_removal_due(image));
}

}  // namespace pixelvault::port_suites
