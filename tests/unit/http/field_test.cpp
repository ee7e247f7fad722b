#include "http/field.hpp"

#include <gtest/gtest.h>

namespace pixelvault::http {
namespace {

std::string value_of(std::string_view text, std::string_view name) {
  const auto parameters = parse_parameters(text);
  if (!parameters) return "(unreadable)";
  const auto* value = find_parameter(*parameters, name);
  return value == nullptr ? "(absent)" : *value;
}

TEST(Field, trimming_takes_spaces_and_tabs_off_both_ends_only) {
  EXPECT_EQ(trim(" \t a b\t "), "a b");
  EXPECT_EQ(trim(" \t "), "");
  EXPECT_EQ(trim("\r\n"), "\r\n");
}

TEST(Field, a_token_has_no_delimiters_and_is_not_empty) {
  EXPECT_TRUE(is_token("Content-Type"));
  EXPECT_TRUE(is_token("!#$%&'*+-.^_`|~09AZaz"));
  for (const auto* text : {"", " ", "a b", "a:", "a/b", "\"a\"", "a\t", "\x7F", "\xC3\xA9"}) {
    EXPECT_FALSE(is_token(text)) << text;
  }
}

TEST(Field, case_is_ignored_in_ascii_alone) {
  EXPECT_TRUE(equals_ignoring_case("Bytes", "bYTES"));
  EXPECT_FALSE(equals_ignoring_case("bytes", "byte"));
  EXPECT_FALSE(equals_ignoring_case("@", "`"));
  EXPECT_EQ(to_lower("AZ[\xC3\x89"), "az[\xC3\x89");
}

TEST(Field, the_essence_of_a_media_type_is_lower_case_without_parameters) {
  EXPECT_EQ(media_type_essence("Image/PNG ; x=y"), "image/png");
  EXPECT_EQ(media_type_essence("image/svg+xml"), "image/svg+xml");
  for (const auto* text : {"", "image", "image/", "/png", "image/p ng", "a/b/c", "; a/b"}) {
    EXPECT_EQ(media_type_essence(text), "") << text;
  }
}

TEST(Field, parameters_are_read_with_odd_spacing_and_empty_members) {
  const auto* text = " ; A=1;;b=\"2\" ;\tc=3; ";
  EXPECT_EQ(value_of(text, "a"), "1");
  EXPECT_EQ(value_of(text, "b"), "2");
  EXPECT_EQ(value_of(text, "c"), "3");
  EXPECT_EQ(value_of(text, "d"), "(absent)");
  EXPECT_EQ(value_of("", "a"), "(absent)");
}

TEST(Field, a_quoted_value_may_hold_delimiters_and_escaped_quotes) {
  EXPECT_EQ(value_of(R"(; a="x; y=\"z\"\\")", "a"), R"(x; y="z"\)");
  EXPECT_EQ(value_of(R"(; a="")", "a"), "");
}

TEST(Field, a_backslash_before_an_ordinary_character_stands_for_itself) {
  EXPECT_EQ(value_of(R"(; a="C:\new\photo.png")", "a"), R"(C:\new\photo.png)");
}

TEST(Field, a_bare_value_may_be_more_than_a_token) {
  EXPECT_EQ(value_of("; a=tags[]/x:y=z", "a"), "tags[]/x:y=z");
}

TEST(Field, malformed_parameters_are_refused_as_a_whole) {
  for (const auto* text :
       {"a=1", "; a", "; =1", "; a=", "; a =1", "; a= 1", "; a=\"1", "; a=\"1\\\"", "; a=1 b=2",
        "; a=1\"2\"", "; a=\"1\"x", "; a=1; A=2", "; a=\x01"}) {
    EXPECT_EQ(value_of(text, "a"), "(unreadable)") << text;
  }
}

TEST(Field, more_parameters_than_anybody_sends_are_refused) {
  std::string text;
  for (std::size_t i = 0; i < kMaxParameters; ++i) text += "; p" + std::to_string(i) + "=v";
  EXPECT_EQ(value_of(text, "p15"), "v");
  EXPECT_EQ(value_of(text + "; q=v", "q"), "(unreadable)");
}

}  // namespace
}  // namespace pixelvault::http
