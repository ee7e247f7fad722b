#include "domain/email.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pixelvault::domain {
namespace {

TEST(Email, ordinary_addresses_are_taken_as_they_are) {
  for (const std::string text :
       {"a@b.c", "First.Last+tag@Example.co.uk", "o'neil@example.com", "x@xn--bcher-kva.example",
        ("j\xC3\xBCrgen@b\xC3\xBC"
         "cher.example"),
        "a@1.2.3-4.de"}) {
    EXPECT_EQ(parse_email(text).value_or("refused"), text);
  }
}

TEST(Email, white_space_around_is_taken_away) {
  EXPECT_EQ(parse_email(" \ta@b.c\r\n").value(), "a@b.c");
}

TEST(Email, slips_of_the_hand_are_refused) {
  for (const std::string text :
       {"",         "  ",          "a",           "@",         "a@",        "@b.c",
        "a@b",      "a@localhost", "a@@b.c",      "a@b@c.d",   "a b@c.d",   "a@b .c",
        "a@.b.c",   "a@b..c",      "a@b.c.",      "a@-b.c",    "a@b-.c",    "Me <a@b.c>",
        "a@b_c.d",  "a,b@c.d",     "a@[1.2.3.4]", "\"a\"@b.c", "a\x01@b.c", "a@b.c\x7F",
        "a\xFF@b.c"}) {
    const auto email = parse_email(text);
    ASSERT_FALSE(email.has_value()) << text;
    EXPECT_EQ(email.error().code, ErrorCode::InvalidRequest);
    EXPECT_EQ(email.error().param, "email");
  }
}

TEST(Email, lengths_are_those_of_the_standard) {
  const std::string label(63, 'd');
  const auto domain = label + "." + label + "." + label + ".";
  EXPECT_TRUE(parse_email(std::string(64, 'l') + "@b.c").has_value());
  EXPECT_FALSE(parse_email(std::string(65, 'l') + "@b.c").has_value());
  EXPECT_FALSE(parse_email("l@" + label + "d.de").has_value());
  EXPECT_TRUE(parse_email(std::string(59, 'l') + "@" + domain + "de").has_value());
  EXPECT_FALSE(parse_email(std::string(60, 'l') + "@" + domain + "de").has_value());
}

TEST(Email, folds_ascii_letters_and_nothing_else) {
  EXPECT_EQ(fold_email("You.Name@EXAMPLE.com"), "you.name@example.com");
  EXPECT_EQ(fold_email("\u00c4@[z]"), "\u00c4@[z]");
}

}  // namespace
}  // namespace pixelvault::domain
