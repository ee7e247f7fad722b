#include "domain/folder.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pixelvault::domain {
namespace {

TEST(Folder, slashes_at_the_ends_are_taken_away) {
  EXPECT_EQ(parse_folder("a/b").value(), "a/b");
  EXPECT_EQ(parse_folder("/a/b/").value(), "a/b");
  EXPECT_EQ(parse_folder("My pics/2026-11_a.b").value(), "My pics/2026-11_a.b");
}

TEST(Folder, nothing_is_no_folder) {
  EXPECT_EQ(parse_folder("").value(), "");
  EXPECT_EQ(parse_folder("/").value(), "");
  EXPECT_EQ(parse_folder("//").value(), "");
}

TEST(Folder, empty_and_dotted_segments_are_refused) {
  for (const std::string text : {"a//b", "//a", "a//", "///", ".", "..", "a/../b", "a/.", "./a"}) {
    const auto folder = parse_folder(text);
    ASSERT_FALSE(folder.has_value()) << text;
    EXPECT_EQ(folder.error().code, ErrorCode::InvalidRequest);
    EXPECT_EQ(folder.error().param, "folder");
  }
  EXPECT_EQ(parse_folder(".../a..b").value(), ".../a..b");
}

TEST(Folder, other_characters_are_refused) {
  for (const std::string text : {"a\\b", "a\tb", "a%2Fb", "\xC3\xBC", "a:b", "a?b"}) {
    EXPECT_FALSE(parse_folder(text).has_value()) << text;
  }
  EXPECT_FALSE(parse_folder(std::string("a\0b", 3)).has_value());
}

TEST(Folder, the_length_counts_without_the_outer_slashes) {
  const std::string longest(200, 'a');
  EXPECT_EQ(parse_folder("/" + longest + "/").value(), longest);
  const auto too_long = parse_folder(longest + "a");
  ASSERT_FALSE(too_long.has_value());
  EXPECT_EQ(too_long.error().limit, 200U);
  EXPECT_EQ(too_long.error().actual, 201U);
}

}  // namespace
}  // namespace pixelvault::domain
