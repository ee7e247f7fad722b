#include "domain/utf8.hpp"

#include <gtest/gtest.h>

namespace pixelvault::domain {
namespace {

TEST(Utf8, every_code_point_comes_back) {
  for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x900 ? 1 : 251) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string text;
    append_utf8(text, c);
    const auto step = first_code_point(text + "x");
    ASSERT_EQ(step.code_point, c);
    ASSERT_EQ(step.length, text.size());
  }
}

TEST(Utf8, malformed_sequences_are_refused) {
  for (const std::string text : {"\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF", "\xED\xA0\x80",
                                 "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5", "\xFF", "\xC3x"}) {
    EXPECT_EQ(first_code_point(text).length, 0U);
    EXPECT_FALSE(first_code_point(text).cut);
  }
}

TEST(Utf8, a_cut_sequence_is_told_from_a_malformed_one) {
  EXPECT_TRUE(first_code_point("\xE2\x82").cut);
  EXPECT_FALSE(first_code_point("\xE2x").cut);
}

}  // namespace
}  // namespace pixelvault::domain
