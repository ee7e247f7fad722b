#include "domain/name.hpp"

#include <gtest/gtest.h>

namespace pixelvault::domain {
namespace {

TEST(ProjectName, loses_the_white_space_around_it) {
  EXPECT_EQ(parse_project_name("  My shop\t"), "My shop");
  EXPECT_EQ(parse_project_name("Bücher 📚"), "Bücher 📚");
}

TEST(ProjectName, has_1_to_100_characters_however_many_bytes_those_are) {
  std::string umlauts;
  for (int i = 0; i < 100; ++i) umlauts += "ü";
  EXPECT_EQ(parse_project_name(umlauts), umlauts);
  EXPECT_TRUE(parse_project_name("x").has_value());
  for (const auto& bad : {std::string(), std::string("  "), umlauts + "x", std::string(101, 'x')}) {
    const auto refused = parse_project_name(bad);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidRequest);
    EXPECT_EQ(refused.error().param, "name");
  }
}

TEST(ProjectName, is_one_line_of_text) {
  for (const auto* bad : {"a\nb",
                          "a\x01"
                          "b",
                          "\xff",
                          "a\xc2\x80"
                          "b"}) {
    EXPECT_EQ(parse_project_name(bad).error().param, "name");
  }
}

TEST(Label, may_be_empty) {
  EXPECT_EQ(parse_label(" "), "");
  EXPECT_EQ(parse_label(std::string(100, 'x')), std::string(100, 'x'));
  EXPECT_EQ(parse_label(std::string(101, 'x')).error().param, "label");
  EXPECT_EQ(parse_label("a\tb").error().param, "label");
}

}  // namespace
}  // namespace pixelvault::domain
