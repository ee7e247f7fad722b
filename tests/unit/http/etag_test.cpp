#include "http/etag.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pixelvault::http {
namespace {

constexpr std::string_view kCurrent = R"("abc")";

std::string read(std::string_view text) {
  const auto tag = parse_etag(text);
  if (!tag) return "none";
  return (tag->weak ? "weak " : "strong ") + std::string(tag->opaque);
}

TEST(EntityTag, strong_and_weak_tags_are_read) {
  EXPECT_EQ(read(R"("a,b")"), R"(strong "a,b")");
  EXPECT_EQ(read(R"(W/"")"), R"(weak "")");
}

TEST(EntityTag, anything_else_is_none) {
  for (const auto* text : {"", "abc", "\"abc", "abc\"", "w/\"abc\"", "W/abc", "W/", "\"a b\"",
                           "\"a\"b\"", "\"a\" ", " \"a\"", "\"\x7F\""}) {
    EXPECT_EQ(read(text), "none") << text;
  }
}

// The table of RFC 9110 §8.8.3.2.
TEST(EntityTag, the_two_comparisons_agree_with_the_standard) {
  const EntityTag strong{.opaque = "\"1\""};
  const EntityTag weak{.opaque = "\"1\"", .weak = true};
  const EntityTag other{.opaque = "\"2\"", .weak = true};
  EXPECT_FALSE(strongly_equal(weak, weak));
  EXPECT_TRUE(weakly_equal(weak, weak));
  EXPECT_FALSE(weakly_equal(weak, other));
  EXPECT_FALSE(strongly_equal(weak, strong));
  EXPECT_FALSE(strongly_equal(strong, weak));
  EXPECT_TRUE(weakly_equal(weak, strong));
  EXPECT_TRUE(strongly_equal(strong, strong));
}

TEST(EntityTagList, a_member_is_found_whatever_the_spacing) {
  for (const auto* list : {R"("abc")", R"("x","abc")", R"( "x" ,	"abc" )", R"(,, "abc",)",
                           R"("a,b","abc","y")"}) {
    EXPECT_TRUE(list_matches(list, kCurrent, strongly_equal)) << list;
  }
}

TEST(EntityTagList, a_star_matches_alone_only) {
  EXPECT_TRUE(list_matches(" * ", kCurrent, strongly_equal));
  EXPECT_FALSE(list_matches(R"(*, "x")", kCurrent, weakly_equal));
}

TEST(EntityTagList, weak_members_match_by_the_weak_comparison_only) {
  EXPECT_TRUE(list_matches(R"(W/"abc")", kCurrent, weakly_equal));
  EXPECT_FALSE(list_matches(R"(W/"abc")", kCurrent, strongly_equal));
}

TEST(EntityTagList, nothing_matches_in_other_tags_and_behind_unreadable_ones) {
  for (const auto* list : {"", " , ", R"("x")", "abc", R"("ABC")", R"(abc, "abc")", R"("x" "abc")",
                           R"("abc"x)", R"("x,"abc")"}) {
    EXPECT_FALSE(list_matches(list, kCurrent, weakly_equal)) << list;
  }
}

}  // namespace
}  // namespace pixelvault::http
