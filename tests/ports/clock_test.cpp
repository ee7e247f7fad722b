#include "ports/clock.hpp"

#include <gtest/gtest.h>

#include "adapters/system/clock.hpp"
#include "support/fake_clock.hpp"

namespace pixelvault::port_suites {

using namespace std::chrono_literals;

template <class T>
class Clock : public testing::Test {
 protected:
  T clock_;
};

using Clocks = testing::Types<adapters::system::SystemClock, support::FakeClock>;
TYPED_TEST_SUITE(Clock, Clocks);

TYPED_TEST(Clock, it_tells_a_time_of_this_century_that_does_not_run_back) {
  const auto first = this->clock_.now();
  EXPECT_GT(first, base::from_unix_millis(1'700'000'000'000));
  EXPECT_LT(first, base::from_unix_millis(4'000'000'000'000));
  EXPECT_GE(this->clock_.now(), first);
}

TEST(SystemClock, it_agrees_with_the_operating_system) {
  const adapters::system::SystemClock clock;
  EXPECT_LT(std::chrono::abs(std::chrono::system_clock::now() - clock.now()), 1min);
}

TEST(FakeClock, it_moves_only_when_it_is_told_to) {
  support::FakeClock clock;
  const auto start = clock.now();
  EXPECT_EQ(clock.now(), start);
  clock.advance(90s);
  EXPECT_EQ(clock.now(), start + 90s);
  clock.set(start);
  EXPECT_EQ(clock.now(), start);
}

}  // namespace pixelvault::port_suites
