#include "http/content_disposition.hpp"

#include <gtest/gtest.h>

namespace pixelvault::http {
namespace {

/// The filename of a part; the error where there is one.
std::string filename_in(const std::string& parameters) {
  const auto read = parse_form_disposition("form-data; name=\"f\"; " + parameters);
  if (!read) return read.error();
  return read->filename.value_or("(absent)");
}

TEST(InlineDisposition, without_a_name_it_is_inline_alone) {
  EXPECT_EQ(inline_disposition(""), "inline");
}

TEST(InlineDisposition, a_plain_name_is_given_in_both_forms) {
  EXPECT_EQ(inline_disposition("cat 1.png"),
            "inline; filename=\"cat 1.png\"; filename*=UTF-8''cat%201.png");
}

TEST(InlineDisposition, each_character_outside_ascii_is_one_underscore_in_the_fallback) {
  EXPECT_EQ(inline_disposition("r\u00E9sum\u00E9 \U0001F431.png"),
            "inline; filename=\"r_sum_ _.png\"; "
            "filename*=UTF-8''r%C3%A9sum%C3%A9%20%F0%9F%90%B1.png");
}

TEST(InlineDisposition, quotes_backslashes_and_percent_signs_stay_out_of_the_fallback) {
  EXPECT_EQ(inline_disposition(R"(a"b\c%41.png)"),
            "inline; filename=\"a_b_c_41.png\"; filename*=UTF-8''a%22b%5Cc%2541.png");
}

TEST(InlineDisposition, no_name_can_end_the_header_line) {
  EXPECT_EQ(inline_disposition("a\r\nSet-Cookie: b\x7F"),
            "inline; filename=\"a__Set-Cookie: b_\"; filename*=UTF-8''a__Set-Cookie%3A%20b_");
}

TEST(InlineDisposition, a_name_that_is_not_utf8_is_given_by_its_fallback) {
  for (const std::string name : {"\xE9", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC3",
                                 "\xE0\x80\x80", "\xF0\x80\x80\x80", "\xF5", "\x80", "\xC3x"}) {
    const auto header = inline_disposition(name + ".png");
    EXPECT_FALSE(header.contains('%')) << header;
    EXPECT_TRUE(header.ends_with("_.png") || header.ends_with("_x.png")) << header;
  }
}

TEST(FormDisposition, name_and_filename_are_read_quoted_and_bare) {
  for (const auto* text :
       {R"(form-data; name="a b"; filename="c.png")", R"(Form-Data ;FILENAME=c.png;name="a b";)"}) {
    const auto read = parse_form_disposition(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(read->name, "a b");
    EXPECT_EQ(read->filename, "c.png");
  }
}

TEST(FormDisposition, a_plain_field_has_no_filename_and_a_nameless_file_an_empty_one) {
  EXPECT_EQ(parse_form_disposition("form-data; name=a")->filename, std::nullopt);
  EXPECT_EQ(filename_in("filename=\"\""), "");
}

TEST(FormDisposition, the_three_escapes_of_browsers_are_undone_and_no_others) {
  EXPECT_EQ(filename_in(R"(filename="a%22b%0D%0Ac%0d%41%2.png")"), "a\"b\r\nc\r%41%2.png");
  EXPECT_EQ(parse_form_disposition(R"(form-data; name="%22")")->name, "\"");
}

TEST(FormDisposition, backslash_escapes_are_undone) {
  EXPECT_EQ(filename_in(R"(filename="a\"b\\c.png")"), R"(a"b\c.png)");
}

TEST(FormDisposition, a_well_formed_extended_filename_wins) {
  EXPECT_EQ(filename_in("filename=\"e.png\"; filename*=UTF-8''%C3%A9.png"), "\u00E9.png");
  EXPECT_EQ(filename_in("filename*=utf-8'en'%c3%a9.png; filename=e.png"), "\u00E9.png");
}

TEST(FormDisposition, a_malformed_extended_filename_counts_for_nothing) {
  for (const auto* extended :
       {"UTF-8''%C3%2.png", "UTF-8''%C3", "UTF-8''%C", "UTF-8''%", "UTF-8''%E9.png", "UTF-8''%00",
        "UTF-8''a/b", "UTF-8'a.png", "UTF-8", "ISO-8859-1''%E9.png", "''a.png", "UTF-8''a'b"}) {
    EXPECT_EQ(filename_in(std::string("filename=e.png; filename*=") + extended), "e.png")
        << extended;
    EXPECT_EQ(filename_in(std::string("filename*=") + extended), "") << extended;
  }
}

TEST(FormDisposition, what_has_no_name_is_refused) {
  EXPECT_FALSE(parse_form_disposition("form-data"));
  EXPECT_FALSE(parse_form_disposition("form-data; filename=a.png"));
}

TEST(FormDisposition, other_types_and_unreadable_parameters_are_refused) {
  for (const auto* text : {"", "attachment; name=a", "form-data name=a", "form-data; name=\"a",
                           "form-data; name=a; name=b", "form-data; name"}) {
    EXPECT_FALSE(parse_form_disposition(text)) << text;
  }
}

}  // namespace
}  // namespace pixelvault::http
