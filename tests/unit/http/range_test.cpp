#include "http/range.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace pixelvault::http {
namespace {

constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();

/// `offset+length`, `whole` or `unsatisfiable`.
std::string resolved(std::string_view header, std::uint64_t size) {
  const auto range = resolve_range(header, size);
  if (std::holds_alternative<WholeBody>(range)) return "whole";
  if (std::holds_alternative<Unsatisfiable>(range)) return "unsatisfiable";
  const auto [offset, length] = std::get<ByteRange>(range);
  return std::to_string(offset) + "+" + std::to_string(length);
}

TEST(Range, first_and_last_position_are_inclusive) {
  EXPECT_EQ(resolved("bytes=0-499", 1000), "0+500");
  EXPECT_EQ(resolved("bytes=999-999", 1000), "999+1");
  EXPECT_EQ(resolved("bytes=0-0", 1), "0+1");
}

TEST(Range, an_open_range_goes_to_the_end) {
  EXPECT_EQ(resolved("bytes=0-", 1000), "0+1000");
  EXPECT_EQ(resolved("bytes=999-", 1000), "999+1");
}

TEST(Range, a_suffix_counts_from_the_end) {
  EXPECT_EQ(resolved("bytes=-1", 1000), "999+1");
  EXPECT_EQ(resolved("bytes=-1000", 1000), "0+1000");
  EXPECT_EQ(resolved("bytes=-1001", 1000), "0+1000");
}

TEST(Range, the_last_position_is_cut_to_the_size) {
  EXPECT_EQ(resolved("bytes=990-1000", 1000), "990+10");
}

TEST(Range, what_begins_past_the_end_is_unsatisfiable) {
  for (const auto* header : {"bytes=1000-", "bytes=1000-1000", "bytes=-0", "bytes=5000-6000"}) {
    EXPECT_EQ(resolved(header, 1000), "unsatisfiable") << header;
  }
  EXPECT_EQ(resolved("bytes=0-", 0), "unsatisfiable");
  EXPECT_EQ(resolved("bytes=-5", 0), "unsatisfiable");
}

TEST(Range, positions_beyond_64_bits_lie_past_every_end) {
  EXPECT_EQ(resolved("bytes=0-18446744073709551616", 10), "0+10");
  EXPECT_EQ(resolved("bytes=-99999999999999999999999", 10), "0+10");
  EXPECT_EQ(resolved("bytes=18446744073709551616-", 10), "unsatisfiable");
  EXPECT_EQ(resolved("bytes=18446744073709551620-18446744073709551621", kMost), "unsatisfiable");
  EXPECT_EQ(resolved("bytes=18446744073709551614-18446744073709551615", kMost),
            "18446744073709551614+1");
  EXPECT_EQ(resolved("bytes=0-", kMost), "0+18446744073709551615");
  EXPECT_EQ(resolved("bytes=00000000000000000000000000001-2", 10), "1+2");
}

TEST(Range, the_unit_has_no_case_and_empty_members_do_not_count) {
  EXPECT_EQ(resolved("BYTES=0-4", 10), "0+5");
  EXPECT_EQ(resolved("bytes= , 0-4 ,", 10), "0+5");
}

TEST(Range, several_ranges_are_answered_with_the_whole) {
  EXPECT_EQ(resolved("bytes=0-0,5-6", 10), "whole");
  EXPECT_EQ(resolved("bytes=0-0, -1", 10), "whole");
  EXPECT_EQ(resolved("bytes=20-,30-", 10), "whole");
}

TEST(Range, other_units_and_bad_syntax_are_ignored) {
  for (const auto* header :
       {"", "bytes", "bytes=", "bytes=,", "bytes=-", "bytes=--1", "bytes=5", "bytes=5-4",
        "bytes=a-b", "bytes=1-2-3", "bytes=+1-2", "bytes=1 - 2", "bytes=0x1-2", "bytes:0-4",
        "items=0-4", "byte=0-4", "bytesx=0-4", "0-4", "=0-4"}) {
    EXPECT_EQ(resolved(header, 10), "whole") << header;
  }
}

TEST(Range, every_range_of_a_small_body_is_what_the_arithmetic_says) {
  constexpr std::uint64_t kSize = 6;
  for (std::uint64_t first = 0; first < 9; ++first) {
    for (std::uint64_t last = first; last < 9; ++last) {
      const auto header = "bytes=" + std::to_string(first) + "-" + std::to_string(last);
      std::uint64_t length = 0;
      for (auto i = first; i <= last && i < kSize; ++i) ++length;
      const auto expected = std::to_string(first) + "+" + std::to_string(length);
      EXPECT_EQ(resolved(header, kSize), length == 0 ? "unsatisfiable" : expected) << header;
    }
  }
}

}  // namespace
}  // namespace pixelvault::http
