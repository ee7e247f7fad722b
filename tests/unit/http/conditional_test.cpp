#include "http/conditional.hpp"

#include <gtest/gtest.h>

namespace pixelvault::http {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kBefore = "Sun, 06 Nov 1994 08:49:36 GMT";
constexpr std::string_view kExact = "Sun, 06 Nov 1994 08:49:37 GMT";
constexpr std::string_view kAfter = "Sun, 06 Nov 1994 08:49:38 GMT";
constexpr Validators kValidators{
    .etag = R"("abc")",
    .last_modified = std::chrono::sys_days(std::chrono::year(1994) / 11 / 6) + 8h + 49min + 37s};

Precondition result(const Conditions& conditions) { return evaluate(conditions, kValidators); }

TEST(Precondition, a_request_without_conditions_proceeds) {
  EXPECT_EQ(result({}), Precondition::Proceed);
}

TEST(Precondition, if_match_demands_a_strongly_equal_tag) {
  EXPECT_EQ(result({.if_match = R"("x", "abc")"}), Precondition::Proceed);
  EXPECT_EQ(result({.if_match = "*"}), Precondition::Proceed);
  EXPECT_EQ(result({.if_match = R"("x")"}), Precondition::Failed);
  EXPECT_EQ(result({.if_match = R"(W/"abc")"}), Precondition::Failed);
  EXPECT_EQ(result({.if_match = "abc"}), Precondition::Failed);
}

TEST(Precondition, if_none_match_is_answered_by_a_weakly_equal_tag) {
  EXPECT_EQ(result({.if_none_match = R"("abc")"}), Precondition::NotModified);
  EXPECT_EQ(result({.if_none_match = R"("x" ,,W/"abc")"}), Precondition::NotModified);
  EXPECT_EQ(result({.if_none_match = "*"}), Precondition::NotModified);
  EXPECT_EQ(result({.if_none_match = R"("x")"}), Precondition::Proceed);
  EXPECT_EQ(result({.if_none_match = ""}), Precondition::Proceed);
}

TEST(Precondition, if_modified_since_compares_to_the_second) {
  EXPECT_EQ(result({.if_modified_since = kBefore}), Precondition::Proceed);
  EXPECT_EQ(result({.if_modified_since = kExact}), Precondition::NotModified);
  EXPECT_EQ(result({.if_modified_since = kAfter}), Precondition::NotModified);
}

TEST(Precondition, if_unmodified_since_compares_to_the_second) {
  EXPECT_EQ(result({.if_unmodified_since = kBefore}), Precondition::Failed);
  EXPECT_EQ(result({.if_unmodified_since = kExact}), Precondition::Proceed);
  EXPECT_EQ(result({.if_unmodified_since = kAfter}), Precondition::Proceed);
}

TEST(Precondition, tags_overrule_dates) {
  EXPECT_EQ(result({.if_match = "\"abc\"", .if_unmodified_since = kBefore}), Precondition::Proceed);
  EXPECT_EQ(result({.if_none_match = "\"x\"", .if_modified_since = kAfter}), Precondition::Proceed);
}

TEST(Precondition, a_failed_expectation_comes_before_not_modified) {
  EXPECT_EQ(result({.if_match = "\"x\"", .if_none_match = "\"abc\""}), Precondition::Failed);
  EXPECT_EQ(result({.if_match = "\"abc\"", .if_none_match = "\"abc\""}), Precondition::NotModified);
}

TEST(Precondition, dates_that_cannot_be_read_are_ignored) {
  EXPECT_EQ(result({.if_modified_since = "tomorrow"}), Precondition::Proceed);
  EXPECT_EQ(result({.if_unmodified_since = ""}), Precondition::Proceed);
  const auto twice = std::string(kAfter) + ", " + std::string(kAfter);
  EXPECT_EQ(result({.if_modified_since = twice}), Precondition::Proceed);
}

bool applies(std::string_view if_range) {
  return range_applies({.if_range = if_range}, kValidators);
}

TEST(IfRange, without_it_the_range_applies) { EXPECT_TRUE(range_applies({}, kValidators)); }

TEST(IfRange, a_tag_must_be_strongly_equal) {
  EXPECT_TRUE(applies(R"("abc")"));
  EXPECT_TRUE(applies(R"( "abc" )"));
  EXPECT_FALSE(applies(R"(W/"abc")"));
  EXPECT_FALSE(applies(R"("x")"));
}

TEST(IfRange, a_date_must_be_exactly_the_last_modification) {
  EXPECT_TRUE(applies(kExact));
  EXPECT_FALSE(applies(kBefore));
  EXPECT_FALSE(applies(kAfter));
}

TEST(IfRange, lists_stars_and_nonsense_never_match) {
  for (const auto* text : {"*", R"("x", "abc")", "", "abc", "\"abc"}) {
    EXPECT_FALSE(applies(text)) << text;
  }
}

}  // namespace
}  // namespace pixelvault::http
