// Deleting images: tombstones, totals, and the outbox with its leases.
#include <algorithm>

#include "ports/image_store_fixture.hpp"

namespace pixelvault::port_suites {

template <class Backend>
class ImageRemoval : public ImageStoreTest<Backend> {};
TYPED_TEST_SUITE(ImageRemoval, RecordBackends);

using support::run;
using Keys = std::vector<std::string>;

TYPED_TEST(ImageRemoval, a_deleted_image_is_a_tombstone_with_its_time) {
  const auto image = this->insert_in("");
  const auto deleted = this->remove(image, this->at(5));
  ASSERT_TRUE(deleted);
  EXPECT_EQ(deleted->id, image.id);
  EXPECT_EQ(deleted->deleted_at, this->at(5));
  EXPECT_EQ(this->find(image)->deleted_at, this->at(5));
}

TYPED_TEST(ImageRemoval, deleting_again_answers_with_the_first_time_and_queues_nothing_more) {
  const auto image = this->insert_in("a");
  this->remove(image, this->at(5));
  this->finish_removal(image);

  EXPECT_EQ(this->remove(image, this->at(9))->deleted_at, this->at(5));
  EXPECT_EQ(this->lease(this->at(20), this->at(30)), Keys{});
  EXPECT_EQ(this->list({.project = this->project_}).total, 0U);
}

TYPED_TEST(ImageRemoval, another_projects_or_environments_image_is_left_alone) {
  const auto image = this->insert_in("");
  auto foreign = image;
  foreign.project = this->other_project_;
  EXPECT_FALSE(this->remove(foreign, this->at(1)));
  auto other_environment = image;
  other_environment.environment = domain::Environment::Test;
  EXPECT_FALSE(this->remove(other_environment, this->at(1)));

  EXPECT_FALSE(this->find(image)->deleted_at);
  EXPECT_EQ(this->lease(this->at(5), this->at(10)), Keys{});
}

TYPED_TEST(ImageRemoval, an_unknown_image_is_nothing) {
  EXPECT_FALSE(this->remove(this->make_.image(this->project_), this->at(1)));
}

TYPED_TEST(ImageRemoval, lists_and_totals_lose_the_image_in_project_and_folder) {
  const auto kept = this->insert_in("a");
  const auto dropped = this->insert_in("a");
  this->insert_in("b");
  this->remove(dropped, this->at(1));

  const auto folder = this->list({.project = this->project_, .folder = "a"});
  EXPECT_EQ(ids(folder.images), ids({kept}));
  EXPECT_EQ(folder.total, 1U);
  EXPECT_EQ(this->list({.project = this->project_}).total, 2U);
}

TYPED_TEST(ImageRemoval, the_blob_is_due_at_once_and_not_before) {
  const auto image = this->insert_in("");
  this->remove(image, this->at(5));
  EXPECT_EQ(this->lease(this->at(4), this->at(10)), Keys{});
  EXPECT_EQ(this->lease(this->at(5), this->at(10)), Keys{domain::image_path(image)});
}

TYPED_TEST(ImageRemoval, a_leased_removal_is_nobody_elses_until_the_lease_is_over) {
  const auto image = this->insert_in("");
  this->remove(image, this->at(5));
  this->lease(this->at(5), this->at(10));
  EXPECT_EQ(this->lease(this->at(9), this->at(20)), Keys{});
  EXPECT_EQ(this->lease(this->at(10), this->at(20)), Keys{domain::image_path(image)});
}

TYPED_TEST(ImageRemoval, a_removal_that_fails_again_and_again_is_tried_ever_more_rarely) {
  const auto image = this->insert_in("");
  this->remove(image, this->at(0));
  std::vector<int> tried_at;
  for (int second = 0; second < 200; ++second) {
    const auto due = this->lease(this->at(second), this->at(second + 1));
    if (!due.empty()) tried_at.push_back(second);
  }
  const std::vector<int> first(tried_at.begin(), tried_at.begin() + 7);
  EXPECT_EQ(first, (std::vector<int>{0, 1, 3, 7, 15, 31, 47}));
}

TYPED_TEST(ImageRemoval, leases_that_are_ended_leave_the_removals_due_at_once) {
  const auto tried = this->insert_in("");
  this->remove(tried, this->at(5));
  this->lease(this->at(5), this->at(100));
  const auto untried = this->insert_in("");
  this->remove(untried, this->at(50));

  EXPECT_EQ(run(this->upkeep().end_leases(this->at(10))), 1U);
  EXPECT_EQ(this->lease(this->at(9), this->at(99)), Keys{});
  EXPECT_EQ(this->lease(this->at(10), this->at(99)), Keys{domain::image_path(tried)})
      << "what was never tried keeps its time";
}

TYPED_TEST(ImageRemoval, ending_leases_where_there_are_none_changes_nothing) {
  const auto image = this->insert_in("");
  this->remove(image, this->at(5));
  EXPECT_EQ(run(this->upkeep().end_leases(this->at(9))), 0U);
  EXPECT_EQ(this->lease(this->at(5), this->at(10)), Keys{domain::image_path(image)});
  EXPECT_EQ(run(this->upkeep().end_leases(this->at(10))), 0U) << "the lease is over";
}

TYPED_TEST(ImageRemoval, the_place_of_the_blob_is_kept_and_told) {
  auto image = this->make_.image(this->project_);
  image.place = domain::BlobPlace{.segment = 7, .offset = 5'000'000'000};
  this->insert(image);
  EXPECT_EQ(this->find(image)->place, image.place);

  this->remove(image, this->at(1));
  const auto leased = run(this->upkeep().lease_removals(this->at(1), this->at(2), 9));
  EXPECT_EQ(leased, std::vector{ports::blob_of(image)});
  auto elsewhere = ports::blob_of(image);
  elsewhere.place.reset();
  run(this->upkeep().finish_removal(elsewhere));  // another blob under the same key
  EXPECT_EQ(this->lease(this->at(9), this->at(10)).size(), 1U);
  this->finish_removal(image);
  EXPECT_TRUE(this->lease(this->at(99), this->at(100)).empty());
}

TYPED_TEST(ImageRemoval, the_oldest_removals_are_leased_first) {
  const auto first = this->insert_in("");
  const auto second = this->insert_in("");
  const auto third = this->insert_in("");
  this->remove(second, this->at(1));
  this->remove(third, this->at(2));
  this->remove(first, this->at(3));

  EXPECT_EQ(this->lease(this->at(9), this->at(99), 2),
            (Keys{domain::image_path(second), domain::image_path(third)}));
  EXPECT_EQ(this->lease(this->at(9), this->at(99), 2), Keys{domain::image_path(first)});
}

TYPED_TEST(ImageRemoval, a_finished_removal_never_comes_back) {
  const auto image = this->insert_in("");
  this->remove(image, this->at(5));
  this->lease(this->at(5), this->at(10));
  this->finish_removal(image);
  EXPECT_EQ(this->lease(this->at(50), this->at(60)), Keys{});
}

TYPED_TEST(ImageRemoval, finishing_what_is_not_queued_is_no_error) {
  EXPECT_NO_THROW(this->finish_removal(this->make_.image(this->project_)));
}

TYPED_TEST(ImageRemoval, two_workers_never_get_the_same_removal) {
  for (int i = 0; i < 20; ++i) this->remove(this->insert_in(""), this->at(1));
  using Blobs = std::vector<ports::BlobRef>;
  std::vector<base::task<Blobs>> tasks;
  for (int i = 0; i < 8; ++i) {
    tasks.push_back(this->upkeep().lease_removals(this->at(2), this->at(60), 3));
  }
  Blobs leased;
  for (auto& result : support::run_all(std::move(tasks))) {
    const Blobs blobs = result.get();
    leased.insert(leased.end(), blobs.begin(), blobs.end());
  }
  std::ranges::sort(leased);
  EXPECT_EQ(leased.size(), 20U);
  EXPECT_EQ(std::ranges::adjacent_find(leased), leased.end());
}

}  // namespace pixelvault::port_suites
