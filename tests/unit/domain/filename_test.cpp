#include "domain/filename.hpp"

#include <gtest/gtest.h>

namespace pixelvault::domain {
namespace {

TEST(Filename, only_the_last_segment_stays) {
  EXPECT_EQ(clean_filename("photo.jpg"), "photo.jpg");
  EXPECT_EQ(clean_filename("/pictures/me/photo.jpg"), "photo.jpg");
  EXPECT_EQ(clean_filename("C:\\Users\\me\\photo.jpg"), "photo.jpg");
  EXPECT_EQ(clean_filename("..\\../photo.jpg"), "photo.jpg");
}

TEST(Filename, control_characters_and_broken_utf_8_are_dropped) {
  EXPECT_EQ(clean_filename(std::string("a\0b\r\n\x7F.png", 10)), "ab.png");
  EXPECT_EQ(clean_filename("a\xC2\x85"
                           "b"),
            "ab")
      << "a C1 control";
  EXPECT_EQ(clean_filename("gr\xC3\xBC\xC3\x9F"
                           "e \xF0\x9F\x98\x80.png"),
            "gr\xC3\xBC\xC3\x9F"
            "e \xF0\x9F\x98\x80.png");
  EXPECT_EQ(clean_filename("a\xFF"
                           "b\xC3"),
            "ab");
  EXPECT_EQ(clean_filename("\xC0\xAE\xED\xA0\x80"), "") << "overlong, surrogate";
}

TEST(Filename, names_that_are_none_become_empty) {
  for (const auto* raw : {"", "/", "a/", ".", "..", "a/..", "\x01", ".\x01."}) {
    EXPECT_EQ(clean_filename(raw), "");
  }
  EXPECT_EQ(clean_filename(".hidden"), ".hidden");
}

TEST(Filename, a_long_name_loses_the_end_of_its_stem) {
  const auto cut = clean_filename(std::string(300, 'a') + ".jpeg");
  EXPECT_EQ(cut, std::string(250, 'a') + ".jpeg");
  EXPECT_EQ(clean_filename(std::string(300, 'a')).size(), 255U);
  EXPECT_EQ(clean_filename("a." + std::string(300, 'b')).size(), 255U) << "no extension is so long";
}

TEST(Filename, no_character_is_cut) {
  std::string name = "x";
  for (int i = 0; i < 100; ++i) name += "\xE2\x82\xAC";
  const auto cut = clean_filename(name + ".png");
  EXPECT_LE(cut.size(), 255U);
  EXPECT_GT(cut.size(), 251U);
  EXPECT_TRUE(cut.ends_with("\xE2\x82\xAC.png"));
  EXPECT_EQ(clean_filename(cut), cut);
}

}  // namespace
}  // namespace pixelvault::domain
