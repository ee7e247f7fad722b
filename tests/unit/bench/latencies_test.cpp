#include "load/client/latencies.hpp"

#include <gtest/gtest.h>

namespace pixelvault::bench {
namespace {

using std::chrono::milliseconds;

Latencies of_milliseconds(int from, int to) {
  Latencies latencies;
  for (int i = to; i >= from; --i) latencies.add(milliseconds(i));
  return latencies;
}

TEST(Latencies, a_percentile_is_the_smallest_that_enough_do_not_exceed) {
  const auto hundred = of_milliseconds(1, 100);
  EXPECT_DOUBLE_EQ(hundred.percentile_ms(50), 50);
  EXPECT_DOUBLE_EQ(hundred.percentile_ms(99), 99);
  EXPECT_DOUBLE_EQ(hundred.percentile_ms(99.1), 100);
  EXPECT_DOUBLE_EQ(hundred.percentile_ms(100), 100);
}

TEST(Latencies, few_durations_have_percentiles_that_were_measured) {
  EXPECT_DOUBLE_EQ(of_milliseconds(7, 7).percentile_ms(50), 7);
  EXPECT_DOUBLE_EQ(of_milliseconds(1, 3).percentile_ms(50), 2);
  EXPECT_DOUBLE_EQ(of_milliseconds(1, 3).percentile_ms(99), 3);
  EXPECT_DOUBLE_EQ(of_milliseconds(1, 3).percentile_ms(0.1), 1);
}

TEST(Latencies, none_are_zero) { EXPECT_DOUBLE_EQ(Latencies().percentile_ms(99), 0); }

TEST(Latencies, those_of_several_clients_are_taken_together) {
  auto all = of_milliseconds(1, 50);
  all.add_all(of_milliseconds(51, 100));
  EXPECT_EQ(all.count(), 100U);
  EXPECT_DOUBLE_EQ(all.percentile_ms(75), 75);
}

}  // namespace
}  // namespace pixelvault::bench
