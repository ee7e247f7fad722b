#include "domain/trace_context.hpp"

#include <gtest/gtest.h>

namespace pixelvault::domain {
namespace {

constexpr std::string_view kGood = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(TraceContext, reads_the_example_of_the_standard) {
  const auto trace = parse_traceparent(kGood);
  ASSERT_TRUE(trace);
  EXPECT_EQ(trace->trace_id, "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(trace->parent_id, "00f067aa0ba902b7");
  EXPECT_TRUE(trace->sampled);
}

TEST(TraceContext, writes_what_it_has_read) {
  EXPECT_EQ(format_traceparent(*parse_traceparent(kGood)), kGood);
  std::string unsampled(kGood);
  unsampled.back() = '0';
  EXPECT_EQ(format_traceparent(*parse_traceparent(unsampled)), unsampled);
}

TEST(TraceContext, knows_no_flag_but_sampled) {
  for (const char digit : std::string("0123456789abcdef")) {
    std::string value(kGood);
    value[53] = 'f';
    value[54] = digit;
    const auto trace = parse_traceparent(value);
    ASSERT_TRUE(trace) << value;
    EXPECT_EQ(trace->sampled, std::string("13579bdf").contains(digit));
  }
}

TEST(TraceContext, every_character_but_the_right_ones_is_refused_at_every_place) {
  const std::string hex = "0123456789abcdef";
  for (std::size_t place = 0; place < kGood.size(); ++place) {
    for (int code = 0; code < 256; ++code) {
      std::string value(kGood);
      value[place] = static_cast<char>(code);
      const bool dash = place == 2 || place == 35 || place == 52;
      const bool wanted = dash ? value[place] == '-' : hex.contains(value[place]);
      EXPECT_EQ(parse_traceparent(value).has_value(), wanted) << place << ' ' << code;
    }
  }
}

TEST(TraceContext, every_shorter_value_is_refused) {
  for (std::size_t size = 0; size < kGood.size(); ++size) {
    EXPECT_FALSE(parse_traceparent(kGood.substr(0, size))) << size;
  }
}

TEST(TraceContext, ids_of_zeros_and_version_ff_are_refused) {
  EXPECT_FALSE(parse_traceparent("00-00000000000000000000000000000000-00f067aa0ba902b7-01"));
  EXPECT_FALSE(parse_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"));
  EXPECT_FALSE(parse_traceparent("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
}

TEST(TraceContext, only_a_newer_version_may_say_more_and_behind_a_dash) {
  const std::string rest(kGood.substr(2));
  EXPECT_FALSE(parse_traceparent("00" + rest + "-more"));
  EXPECT_FALSE(parse_traceparent("00" + rest + "-"));
  EXPECT_FALSE(parse_traceparent("00" + rest + " "));
  EXPECT_TRUE(parse_traceparent("01" + rest));
  EXPECT_TRUE(parse_traceparent("cc" + rest + "-more, and \xff"));
  EXPECT_FALSE(parse_traceparent("cc" + rest + "more"));
  // Two header lines of that name arrive as one value.
  EXPECT_FALSE(parse_traceparent("cc" + rest + ", " + std::string(kGood)));
}

TEST(TraceContext, a_newer_version_is_passed_on_as_the_one_that_we_know) {
  const auto trace = parse_traceparent("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff-x");
  ASSERT_TRUE(trace);
  EXPECT_EQ(format_traceparent(*trace), kGood);
}

}  // namespace
}  // namespace pixelvault::domain
