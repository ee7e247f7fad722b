#include "services/caller_cache.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/fake_clock.hpp"

namespace pixelvault::services {
namespace {

using std::chrono::milliseconds;

base::Sha256 hash_of(int number) { return base::sha256(base::as_bytes(std::to_string(number))); }

class CallerCaches : public testing::Test {
 protected:
  void remember(int number) {
    cache_.remember(hash_of(number), std::nullopt, clock_.now(), cache_.begin());
  }
  bool knows(int number) { return cache_.find(hash_of(number), clock_.now()).has_value(); }

  support::FakeClock clock_;
  CallerCache cache_;
};

TEST_F(CallerCaches, a_flood_of_credentials_stays_within_bounds) {
  for (int i = 0; i < 100'000; ++i) remember(i);
  EXPECT_LE(cache_.size(), 2 * CallerCache::kShards * CallerCache::kGeneration);
  EXPECT_TRUE(knows(99'999));
  EXPECT_FALSE(knows(0));
}

TEST_F(CallerCaches, answers_of_past_seconds_do_not_pile_up) {
  for (int second = 0; second < 10; ++second) {
    for (int i = 0; i < 1000; ++i) remember(1000 * second + i);
    clock_.advance(CallerCache::kFresh);
  }
  EXPECT_LE(cache_.size(), 3000U);
}

TEST_F(CallerCaches, an_answer_survives_the_turn_of_its_generation) {
  remember(1);
  clock_.advance(milliseconds(500));
  remember(2);
  clock_.advance(milliseconds(499));
  EXPECT_TRUE(knows(1));
  clock_.advance(milliseconds(1));
  for (int i = 100; i < 1000; ++i) remember(i);
  EXPECT_FALSE(knows(1));
  EXPECT_TRUE(knows(2));
}

TEST_F(CallerCaches, a_clock_that_was_set_back_makes_nothing_fresh) {
  remember(1);
  clock_.advance(milliseconds(-1));
  EXPECT_FALSE(knows(1));
}

TEST_F(CallerCaches, what_was_asked_before_something_was_forgotten_is_not_kept) {
  const auto begun = cache_.begin();
  cache_.forget(hash_of(7));
  cache_.remember(hash_of(1), std::nullopt, clock_.now(), begun);
  EXPECT_FALSE(knows(1));
  remember(1);
  EXPECT_TRUE(knows(1));
  cache_.forget(hash_of(1));
  EXPECT_FALSE(knows(1));
}

}  // namespace
}  // namespace pixelvault::services
