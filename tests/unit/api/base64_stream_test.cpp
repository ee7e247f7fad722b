#include "api/base64_stream.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace pixelvault::api {
namespace {

/// What the text decodes to when it arrives in pieces of this size; nothing when it is refused.
std::optional<std::string> decode(std::string_view text, std::size_t piece = 1000) {
  Base64Stream stream;
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += piece) {
    if (!stream.feed(text.substr(at, piece), out)) return std::nullopt;
  }
  if (!stream.finish(out)) return std::nullopt;
  return out;
}

TEST(Base64Stream, decodes_the_examples_of_the_standard) {
  EXPECT_EQ(decode(""), "");
  EXPECT_EQ(decode("Zg=="), "f");
  EXPECT_EQ(decode("Zm8="), "fo");
  EXPECT_EQ(decode("Zm9v"), "foo");
  EXPECT_EQ(decode("Zm9vYg=="), "foob");
  EXPECT_EQ(decode("Zm9vYmE="), "fooba");
  EXPECT_EQ(decode("Zm9vYmFy"), "foobar");
  EXPECT_EQ(decode("+/+/"), "\xFB\xFF\xBF");
}

TEST(Base64Stream, how_it_arrives_changes_nothing) {
  for (const std::string_view text :
       {"Zm9vYmE=", "data:image/png;base64,Zm9vYmE=", " Z m\r\n9v\tYmE = \n"}) {
    for (std::size_t piece = 1; piece < 12; ++piece) {
      EXPECT_EQ(decode(text, piece), "fooba") << text << " " << piece;
    }
  }
}

TEST(Base64Stream, takes_data_urls_of_any_type) {
  EXPECT_EQ(decode("data:;base64,Zm9v"), "foo");
  EXPECT_EQ(decode("data:image/svg+xml;charset=utf-8;base64,Zm9v"), "foo");
  EXPECT_EQ(decode("data:image/png;base64,"), "");
}

TEST(Base64Stream, what_only_begins_like_a_data_url_is_base64) {
  EXPECT_EQ(decode("data"), "\x75\xAB\x5A");
  EXPECT_EQ(decode("dat="), std::nullopt) << "its last bits are not zero";
  EXPECT_EQ(decode("daQ="), "\x75\xA4");
  EXPECT_EQ(decode("dQ=="), "u");
}

TEST(Base64Stream, refuses_data_urls_that_are_not_base64) {
  EXPECT_EQ(decode("data:image/png,Zm9v"), std::nullopt);
  EXPECT_EQ(decode("data:image/png;base64"), std::nullopt);
  EXPECT_EQ(decode("data:"), std::nullopt);
  EXPECT_EQ(decode("data:" + std::string(300, 'x') + ";base64,Zm9v"), std::nullopt);
}

TEST(Base64Stream, refuses_every_other_alphabet) {
  for (const std::string_view text : {"Zm9-", "Zm9_", "Zm9!", "Zm9\x80", "Zm\\v", ":"}) {
    EXPECT_EQ(decode(text), std::nullopt) << text;
  }
  EXPECT_EQ(decode(std::string_view("Zm\0v", 4)), std::nullopt);
}

TEST(Base64Stream, refuses_what_is_cut_off) {
  for (const std::string_view text : {"Z", "Zm", "Zm9", "Zm9vY", "Zg=", "d", "da"}) {
    EXPECT_EQ(decode(text), std::nullopt) << text;
  }
}

TEST(Base64Stream, refuses_wrong_padding) {
  for (const std::string_view text : {"=", "Z===", "Zg===", "Zm8==", "Zm9v=", "Zg==Zg==", "Zg=g"}) {
    EXPECT_EQ(decode(text), std::nullopt) << text;
  }
}

TEST(Base64Stream, refuses_bits_that_belong_to_no_byte) {
  EXPECT_EQ(decode("Zh=="), std::nullopt);
  EXPECT_EQ(decode("Zm9="), std::nullopt);
}

TEST(Base64Stream, nothing_comes_out_after_a_failure) {
  Base64Stream stream;
  std::string out;
  EXPECT_FALSE(stream.feed("Zm9v!Zm9v", out));
  EXPECT_FALSE(stream.feed("Zm9v", out));
  EXPECT_FALSE(stream.finish(out));
  EXPECT_EQ(out, "foo");
}

}  // namespace
}  // namespace pixelvault::api
