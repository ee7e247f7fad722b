#include "services/record_cache.hpp"

#include <gtest/gtest.h>

#include "support/builders.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_image_store.hpp"
#include "support/run_task.hpp"

namespace pixelvault::services {
namespace {

using std::chrono::seconds;
using support::run;

/// Counts the questions, and lets a test do something between a question and its answer.
class WatchedImages final : public support::FakeImageStore {
 public:
  base::task<std::optional<domain::Image>> find(domain::ProjectId project,
                                                domain::ImageId image) override {
    ++asked;
    auto found = co_await FakeImageStore::find(project, image);
    if (meanwhile) meanwhile();
    co_return found;
  }

  int asked = 0;
  std::function<void()> meanwhile;
};

class Records : public testing::Test {
 protected:
  Records() { run(images_.insert(support::Builders::upload(image_))); }

  RecordCache::Record find() { return run(cache_.find(image_.project, image_.id)); }
  /// Deletes the image as another process would: nobody tells the cache.
  void remove_silently() {
    run(images_.mark_deleted(image_.project, image_.environment, image_.id, clock_.now()));
  }
  void forget() { cache_.forget(image_.project, image_.id); }

  support::Builders make_;
  support::FakeClock clock_;
  WatchedImages images_;
  const domain::Image image_ = make_.image(make_.id<domain::ProjectId>());
  RecordCache cache_{images_, clock_};
};

TEST_F(Records, a_popular_image_is_asked_for_once) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(find()->id, image_.id);
  EXPECT_EQ(images_.asked, 1);
}

TEST_F(Records, what_another_process_changes_is_seen_after_a_while) {
  find();
  remove_silently();
  clock_.advance(RecordCache::kFresh - seconds(1));
  EXPECT_FALSE(find()->deleted_at);
  clock_.advance(seconds(1));
  EXPECT_TRUE(find()->deleted_at);
}

TEST_F(Records, what_this_process_changes_is_seen_at_once) {
  find();
  remove_silently();
  forget();
  EXPECT_TRUE(find()->deleted_at);
  find();
  EXPECT_EQ(images_.asked, 2);
}

TEST_F(Records, all_can_be_forgotten) {
  find();
  remove_silently();
  cache_.forget_all();
  EXPECT_TRUE(find()->deleted_at);
}

TEST_F(Records, an_answer_that_was_overtaken_by_a_change_is_not_kept) {
  images_.meanwhile = [this] {
    images_.meanwhile = nullptr;
    remove_silently();
    forget();
  };
  EXPECT_FALSE(find()->deleted_at) << "it was asked before the change";
  EXPECT_TRUE(find()->deleted_at);
}

TEST_F(Records, an_unknown_id_is_asked_for_once_a_second) {
  const auto unknown = make_.id<domain::ImageId>();
  for (int i = 0; i < 10; ++i) EXPECT_EQ(run(cache_.find(image_.project, unknown)), nullptr);
  EXPECT_EQ(images_.asked, 1);
  clock_.advance(RecordCache::kFreshAbsence);
  EXPECT_EQ(run(cache_.find(image_.project, unknown)), nullptr);
  EXPECT_EQ(images_.asked, 2);
}

TEST_F(Records, an_image_is_absent_from_other_projects) {
  EXPECT_NE(find(), nullptr);
  EXPECT_EQ(run(cache_.find(make_.id<domain::ProjectId>(), image_.id)), nullptr);
  EXPECT_NE(find(), nullptr);
}

TEST_F(Records, a_clock_that_was_set_back_makes_nothing_fresh) {
  find();
  clock_.advance(seconds(-100));
  find();
  EXPECT_EQ(images_.asked, 2);
}

}  // namespace
}  // namespace pixelvault::services
