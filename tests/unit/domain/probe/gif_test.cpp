#include <gtest/gtest.h>

#include "probing.hpp"

namespace pixelvault::domain {
namespace {

using namespace std::string_literals;

std::string screen(int width, int height, int packed = 0) {
  return "GIF89a" + little(width, 2) + little(height, 2) + big(packed, 1) + "\0\0"s;
}

std::string image(int width, int height, int packed = 0, const std::string& table = "") {
  return ",\0\0\0\0"s + little(width, 2) + little(height, 2) + big(packed, 1) + table +
         "\x02\x02"
         "ab\0"s;
}

TEST(GifProbe, the_smallest_gif_is_whole) {
  EXPECT_EQ(size_of(Format::Gif, screen(5, 3) + image(5, 3) + ";"), "5x3 frames 1");
}

TEST(GifProbe, frames_are_counted_past_extensions_and_colour_tables) {
  const auto table = std::string(6, ';');  // trailers, were they looked at
  const auto control = "!\xF9\x04\0\0\0\0\0"s;
  const auto file =
      screen(5, 3, 0x80) + table + control + image(5, 3) + control + image(2, 2, 0x80, table) + ";";
  EXPECT_EQ(size_of(Format::Gif, file), "5x3 frames 2");
}

TEST(GifProbe, a_screen_without_a_size_takes_that_of_the_first_frame) {
  EXPECT_EQ(size_of(Format::Gif, screen(0, 0) + image(7, 4) + image(9, 9) + ";"), "7x4 frames 2");
  EXPECT_EQ(size_of(Format::Gif, screen(0, 3) + image(7, 4) + ";"), "7x4 frames 1");
}

TEST(GifProbe, a_frame_larger_than_allowed_is_refused_on_a_small_screen) {
  EXPECT_EQ(refusal(Format::Gif, screen(5, 3) + image(65535, 65535) + ";"),
            ErrorCode::ImageTooComplex);
}

TEST(GifProbe, a_gif_without_frames_is_refused) {
  EXPECT_EQ(refusal(Format::Gif, screen(5, 3) + ";"), ErrorCode::InvalidImage);
}

TEST(GifProbe, stray_bytes_between_blocks_are_refused) {
  EXPECT_EQ(refusal(Format::Gif, screen(5, 3) + "?" + image(5, 3) + ";"), ErrorCode::InvalidImage);
}

TEST(GifProbe, a_missing_trailer_is_a_cut_file) {
  EXPECT_EQ(message(Format::Gif, screen(5, 3) + image(5, 3)),
            "The GIF ends before its trailer: the file is cut short; upload it again.");
}

TEST(GifProbe, too_many_frames_are_refused_when_they_come) {
  auto file = screen(5, 3);
  for (int i = 0; i < 2001; ++i) file += image(1, 1);
  const auto outcome = probe_all(Format::Gif, file);  // without a trailer: nobody waits for it
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().actual, 2001U);
}

}  // namespace
}  // namespace pixelvault::domain
