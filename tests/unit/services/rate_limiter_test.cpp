#include "services/rate_limiter.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/builders.hpp"
#include "support/fake_clock.hpp"

namespace pixelvault::services {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr domain::RateLimit kThreeAMinute{.requests = 3, .period = seconds(60)};

TEST(RateLimiter, each_limit_counts_for_itself_and_for_each_subject) {
  support::FakeClock clock;
  support::Builders make;
  RateLimiter limits({.requests = kThreeAMinute,
                      .registrations = kThreeAMinute,
                      .logins = kThreeAMinute,
                      .account_logins = kThreeAMinute},
                     clock);
  const auto key = make.id<domain::KeyId>();
  for (std::uint32_t left = 3; left-- > 0;) {
    const auto taken = limits.take_request(key);
    ASSERT_TRUE(taken.has_value());
    EXPECT_TRUE(taken->decision.allowed);
    EXPECT_EQ(taken->limit, 3U);
    EXPECT_EQ(taken->decision.remaining, left);
    limits.take_registration("192.0.2.1");
    limits.take_login("192.0.2.1");
    limits.take_account_login("you@example.com");
  }
  EXPECT_FALSE(limits.take_request(key)->decision.allowed);
  EXPECT_TRUE(limits.take_request(make.id<domain::KeyId>())->decision.allowed);
  EXPECT_FALSE(limits.take_registration("192.0.2.1")->decision.allowed);
  EXPECT_TRUE(limits.take_registration("192.0.2.2")->decision.allowed);
  EXPECT_FALSE(limits.take_login("192.0.2.1")->decision.allowed);
  EXPECT_TRUE(limits.take_login("192.0.2.2")->decision.allowed);
  EXPECT_FALSE(limits.take_account_login("YOU@Example.com")->decision.allowed);
  EXPECT_TRUE(limits.take_account_login("other@example.com")->decision.allowed);
}

TEST(RateLimiter, without_a_limit_nothing_is_taken) {
  support::FakeClock clock;
  RateLimiter limits({}, clock);
  EXPECT_FALSE(limits.take_login("192.0.2.1").has_value());
}

TEST(RateTable, a_refused_client_may_go_on_when_it_is_told_to) {
  support::FakeClock clock;
  RateTable table(kThreeAMinute);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(table.take("a", clock.now()).allowed);
  const auto refused = table.take("a", clock.now());
  ASSERT_FALSE(refused.allowed);
  clock.advance(refused.retry_after - milliseconds(1));
  EXPECT_FALSE(table.take("a", clock.now()).allowed);
  clock.advance(milliseconds(1));
  EXPECT_TRUE(table.take("a", clock.now()).allowed);
}

TEST(RateTable, a_flood_of_subjects_stays_within_bounds) {
  support::FakeClock clock;
  RateTable table(kThreeAMinute, 1600);
  for (int i = 0; i < 50'000; ++i) table.take("client " + std::to_string(i), clock.now());
  EXPECT_LE(table.size(), 1600U);
  EXPECT_GE(table.size(), 400U);
}

TEST(RateTable, a_flood_does_not_free_who_has_used_up_his_limit) {
  support::FakeClock clock;
  RateTable table(kThreeAMinute, 1600);
  for (int i = 0; i < 3; ++i) table.take("guesser", clock.now());
  for (int i = 0; i < 50'000; ++i) table.take("client " + std::to_string(i), clock.now());
  EXPECT_FALSE(table.take("guesser", clock.now()).allowed);
}

}  // namespace
}  // namespace pixelvault::services
