#include "base/deadline.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <memory>

namespace pixelvault::base {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

class DeadlineTest : public testing::Test {
 protected:
  DeadlineTest() {
    boost::asio::co_spawn(context_, keeper_.run(), boost::asio::detached);
    context_.poll();
  }

  /// Returns when the keeper has come to the last deadline, which is one that is due; how often it
  /// had to look for that.
  std::size_t let_the_keeper_look() {
    bool looked = false;
    Deadline witness(keeper_, [&looked] { looked = true; });
    witness.expires_after(milliseconds(0));
    std::size_t looks = 0;
    while (!looked) looks += context_.run_one();
    return looks;
  }

  boost::asio::io_context context_;
  DeadlineKeeper keeper_{context_.get_executor()};
  int fired_ = 0;
  Deadline deadline_{keeper_, [this] { ++fired_; }};
};

TEST_F(DeadlineTest, nothing_fires_that_was_never_set) {
  let_the_keeper_look();
  EXPECT_EQ(fired_, 0);
  EXPECT_FALSE(deadline_.expired());
}

TEST_F(DeadlineTest, it_fires_once_when_its_time_is_over) {
  deadline_.expires_after(milliseconds(0));
  EXPECT_FALSE(deadline_.expired());
  let_the_keeper_look();
  EXPECT_EQ(fired_, 1);
  EXPECT_TRUE(deadline_.expired());
  let_the_keeper_look();
  EXPECT_EQ(fired_, 1);
  EXPECT_TRUE(deadline_.expired());
}

TEST_F(DeadlineTest, it_does_not_fire_before_its_time) {
  deadline_.expires_after(hours(1));
  let_the_keeper_look();
  EXPECT_EQ(fired_, 0);
  EXPECT_FALSE(deadline_.expired());
}

TEST_F(DeadlineTest, a_cleared_one_does_not_fire) {
  deadline_.expires_after(milliseconds(0));
  deadline_.clear();
  let_the_keeper_look();
  EXPECT_EQ(fired_, 0);
  EXPECT_FALSE(deadline_.expired());
}

TEST_F(DeadlineTest, setting_it_again_replaces_the_time) {
  deadline_.expires_after(milliseconds(0));
  deadline_.expires_after(hours(1));
  let_the_keeper_look();
  EXPECT_EQ(fired_, 0);
}

TEST_F(DeadlineTest, setting_it_again_forgets_the_expiry) {
  deadline_.expires_after(milliseconds(0));
  let_the_keeper_look();
  ASSERT_TRUE(deadline_.expired());
  deadline_.expires_after(hours(1));
  EXPECT_FALSE(deadline_.expired());
  deadline_.expires_after(milliseconds(0));
  let_the_keeper_look();
  EXPECT_EQ(fired_, 2);
  EXPECT_TRUE(deadline_.expired());
}

TEST_F(DeadlineTest, clearing_it_keeps_the_expiry) {
  deadline_.expires_after(milliseconds(0));
  let_the_keeper_look();
  deadline_.clear();
  EXPECT_TRUE(deadline_.expired());
}

TEST_F(DeadlineTest, of_several_those_that_are_over_fire_together) {
  int late = 0;
  int early = 0;
  int gone = 0;
  Deadline later(keeper_, [&late] { ++late; });
  auto destroyed = std::make_unique<Deadline>(keeper_, [&gone] { ++gone; });
  Deadline over(keeper_, [&early] { ++early; });
  deadline_.expires_after(milliseconds(0));
  later.expires_after(hours(1));
  destroyed->expires_after(milliseconds(0));
  over.expires_after(milliseconds(0));
  destroyed.reset();
  EXPECT_EQ(let_the_keeper_look(), 1U);
  EXPECT_EQ(fired_, 1);
  EXPECT_EQ(late, 0);
  EXPECT_EQ(gone, 0);
  EXPECT_EQ(early, 1);
}

TEST_F(DeadlineTest, a_stopped_keeper_ends_its_task) {
  keeper_.stop();
  context_.run_for(std::chrono::seconds(5));
  EXPECT_TRUE(context_.stopped());
}

}  // namespace
}  // namespace pixelvault::base
