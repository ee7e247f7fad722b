#include "http/pace.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace pixelvault::http {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::uint64_t kRate = 1000;
const Options kOptions{.min_transfer_rate = kRate, .transfer_grace = seconds(30)};

TEST(Pace, grants_the_grace_before_the_first_byte) {
  EXPECT_EQ(Pace(kOptions).left(0), seconds(30));
}

TEST(Pace, bytes_earn_time_and_waiting_uses_it_up) {
  Pace pace(kOptions);
  pace.waited(seconds(31));
  EXPECT_LT(pace.left(0), milliseconds(0));
  EXPECT_EQ(pace.left(kRate), milliseconds(0));
  EXPECT_EQ(pace.left(10 * kRate + kRate / 2), milliseconds(9'500));
  pace.waited(seconds(9));
  EXPECT_EQ(pace.left(10 * kRate + kRate / 2), milliseconds(500));
}

TEST(Pace, one_byte_a_while_is_not_for_ever) {
  Pace pace(kOptions);
  std::uint64_t bytes = 0;
  while (pace.left(bytes) > milliseconds(0) && bytes < 100) {
    pace.waited(seconds(29));
    ++bytes;
  }
  EXPECT_EQ(bytes, 2U);
}

TEST(Pace, without_a_rate_anything_goes) {
  Pace pace({.min_transfer_rate = 0});
  pace.waited(hours(48));
  EXPECT_GT(pace.left(0), hours(24));
}

TEST(Pace, the_greatest_lengths_are_lengths_too) {
  EXPECT_GT(Pace({.min_transfer_rate = 1}).left(std::numeric_limits<std::uint64_t>::max()),
            hours(24));
}

}  // namespace
}  // namespace pixelvault::http
