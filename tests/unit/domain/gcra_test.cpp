#include "domain/gcra.hpp"

#include <gtest/gtest.h>

namespace pixelvault::domain {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr RateLimit kFiveASecond{.requests = 5, .period = seconds(1)};

class Gcra : public testing::Test {
 protected:
  RateDecision take_one(RateLimit limit = kFiveASecond) { return take(limit, now_, state_); }

  base::Timestamp now_{seconds(1'000'000)};
  RateState state_{};
};

TEST_F(Gcra, the_whole_limit_may_come_at_once_and_no_more) {
  for (std::uint32_t left = 5; left-- > 0;) {
    const auto decision = take_one();
    EXPECT_TRUE(decision.allowed);
    EXPECT_EQ(decision.remaining, left);
  }
  EXPECT_FALSE(take_one().allowed);
}

TEST_F(Gcra, a_refused_request_says_when_the_next_may_come_and_that_is_true) {
  for (int i = 0; i < 5; ++i) take_one();
  const auto refused = take_one();
  EXPECT_EQ(refused.retry_after, milliseconds(200));
  now_ += refused.retry_after - milliseconds(1);
  EXPECT_FALSE(take_one().allowed);
  now_ += milliseconds(1);
  EXPECT_TRUE(take_one().allowed);
}

TEST_F(Gcra, refused_requests_do_not_make_the_wait_longer) {
  for (int i = 0; i < 5; ++i) take_one();
  for (int i = 0; i < 100; ++i) EXPECT_EQ(take_one().retry_after, milliseconds(200));
}

TEST_F(Gcra, an_even_stream_at_the_limit_is_never_refused) {
  for (int i = 0; i < 1000; ++i, now_ += milliseconds(200)) EXPECT_TRUE(take_one().allowed);
}

TEST_F(Gcra, no_burst_of_twice_the_limit_fits_around_the_edge_of_a_window) {
  for (int i = 0; i < 5; ++i) take_one();
  now_ += milliseconds(999);
  int allowed = 0;
  for (int i = 0; i < 10; ++i) allowed += take_one().allowed ? 1 : 0;
  EXPECT_EQ(allowed, 4);
}

TEST_F(Gcra, everything_is_fresh_again_after_the_time_it_names) {
  take_one();
  const auto second = take_one();
  EXPECT_EQ(second.resets_after, milliseconds(400));
  now_ += second.resets_after;
  EXPECT_EQ(take_one().remaining, 4U);
}

TEST_F(Gcra, limits_of_many_requests_a_millisecond_hold_too) {
  const RateLimit fast{.requests = 100'000, .period = seconds(1)};
  int allowed = 0;
  for (int i = 0; i < 150'000; ++i) allowed += take_one(fast).allowed ? 1 : 0;
  EXPECT_EQ(allowed, 100'000);
}

}  // namespace
}  // namespace pixelvault::domain
