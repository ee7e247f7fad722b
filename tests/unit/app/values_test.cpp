#include "app/values.hpp"

#include <gtest/gtest.h>

namespace pixelvault::app {
namespace {

TEST(Sizes, are_bytes_or_units_of_1024) {
  EXPECT_EQ(parse_size("0"), 0U);
  EXPECT_EQ(parse_size("1024"), 1024U);
  EXPECT_EQ(parse_size("5 MB"), 5U * 1'048'576);
  EXPECT_EQ(parse_size("10GB"), 10ULL << 30);
  EXPECT_EQ(parse_size("1 TB"), 1ULL << 40);
}

TEST(Sizes, anything_else_is_none) {
  for (const char* text : {"", "MB", "-1", "5 mb", "5 MiB", "1.5 GB", "5 MB ", "9999999999 TB",
                           "99999999999999999999", "0x10"}) {
    EXPECT_FALSE(parse_size(text)) << text;
  }
}

TEST(Durations, are_whole_seconds_minutes_hours_or_days) {
  EXPECT_EQ(parse_duration("0s"), std::chrono::seconds(0));
  EXPECT_EQ(parse_duration("90m"), std::chrono::minutes(90));
  EXPECT_EQ(parse_duration("24h"), std::chrono::hours(24));
  EXPECT_EQ(parse_duration("7d"), std::chrono::days(7));
  EXPECT_EQ(parse_duration("3650d"), std::chrono::days(3650));
}

TEST(Durations, anything_else_is_none) {
  for (const char* text :
       {"", "h", "24", "-1h", "1.5h", "24 h", "1w", "3651d", "9223372036854775807d"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

TEST(Rates, are_requests_in_seconds_or_off) {
  const auto rate = parse_rate("600/60s");
  ASSERT_TRUE(rate);
  EXPECT_EQ(rate->requests, 600U);
  EXPECT_EQ(rate->period, std::chrono::minutes(1));
  EXPECT_FALSE(parse_rate("off")->limits());
}

TEST(Rates, anything_else_is_none) {
  for (const char* text : {"", "600", "600/60", "0/60s", "600/0s", "1/86401s", "-1/60s",
                           "1000001/1s", "s", "/s", "on"}) {
    EXPECT_FALSE(parse_rate(text)) << text;
  }
}

}  // namespace
}  // namespace pixelvault::app
