#include <gtest/gtest.h>

#include "probing.hpp"

namespace pixelvault::domain {
namespace {

using namespace std::string_literals;

std::string chunk(const std::string& type, const std::string& data) {
  return type + little(data.size(), 4) + data + (data.size() % 2 == 1 ? "\0"s : "");
}

std::string webp(const std::string& chunks) {
  return "RIFF" + little(chunks.size() + 4, 4) + "WEBP" + chunks;
}

std::string lossy(int width, int height) {
  return chunk("VP8 ", "\x10\0\0\x9D\x01\x2A"s + little(width, 2) + little(height, 2) + "data");
}

std::string lossless(std::uint64_t width, std::uint64_t height) {
  return chunk("VP8L", "\x2F" + little((width - 1) | ((height - 1) << 14), 4) + "data");
}

std::string extended(int flags, int width, int height) {
  return chunk("VP8X", little(flags, 4) + little(width - 1, 3) + little(height - 1, 3));
}

std::string frame(int x, int y, int width, int height) {
  return chunk("ANMF", little(x / 2, 3) + little(y / 2, 3) + little(width - 1, 3) +
                           little(height - 1, 3) + little(0, 4) + "data");
}

TEST(WebpProbe, all_three_kinds_are_whole) {
  EXPECT_EQ(size_of(Format::Webp, webp(lossy(5, 3))), "5x3 frames 1");
  EXPECT_EQ(size_of(Format::Webp, webp(lossless(16384, 3))), "16384x3 frames 1");
  EXPECT_EQ(size_of(Format::Webp, webp(extended(0, 5, 3) + chunk("ICCP", "icc") + lossy(5, 3))),
            "5x3 frames 1");
}

TEST(WebpProbe, the_scaling_bits_are_no_part_of_the_size) {
  EXPECT_EQ(size_of(Format::Webp, webp(lossy(0x4000 | 5, 0xC000 | 3))), "5x3 frames 1");
}

TEST(WebpProbe, frames_of_an_animation_are_counted) {
  const auto file = webp(extended(2, 50, 30) + chunk("ANIM", "background") + frame(0, 0, 50, 30) +
                         frame(10, 10, 40, 20));
  EXPECT_EQ(size_of(Format::Webp, file), "50x30 frames 2");
}

TEST(WebpProbe, a_frame_outside_of_the_canvas_is_refused) {
  EXPECT_EQ(refusal(Format::Webp, webp(extended(2, 50, 30) + frame(2, 0, 50, 30))),
            ErrorCode::InvalidImage);
}

TEST(WebpProbe, a_small_canvas_does_not_hide_a_large_picture) {
  EXPECT_EQ(refusal(Format::Webp, webp(extended(0, 5, 3) + lossy(16000, 16000))),
            ErrorCode::InvalidImage);
}

TEST(WebpProbe, a_container_without_a_picture_is_refused) {
  EXPECT_EQ(refusal(Format::Webp, webp(extended(0, 5, 3))), ErrorCode::InvalidImage);
  EXPECT_EQ(refusal(Format::Webp, webp(extended(2, 5, 3) + lossy(5, 3))), ErrorCode::InvalidImage);
  EXPECT_EQ(refusal(Format::Webp, webp(chunk("ICCP", "icc") + lossy(5, 3))),
            ErrorCode::InvalidImage);
}

TEST(WebpProbe, a_chunk_that_leaves_the_container_is_refused) {
  auto file = webp(lossy(5, 3));
  file[16] = '\xFF';
  EXPECT_EQ(refusal(Format::Webp, file), ErrorCode::InvalidImage);
  EXPECT_EQ(refusal(Format::Webp, "RIFF\xFF\xFF\xFF\xFFWEBPVP8 \xFF\xFF\xFF\xFF"),
            ErrorCode::InvalidImage);
}

TEST(WebpProbe, an_interframe_is_no_picture) {
  auto file = webp(lossy(5, 3));
  file[20] = '\x11';
  EXPECT_EQ(refusal(Format::Webp, file), ErrorCode::InvalidImage);
}

TEST(WebpProbe, bytes_after_the_container_are_allowed) {
  EXPECT_EQ(size_of(Format::Webp, webp(lossy(5, 3)) + "more"), "5x3 frames 1");
}

TEST(WebpProbe, a_last_padding_byte_may_be_missing) {
  auto chunks = lossy(5, 3) + chunk("EXIF", "odd");
  chunks.pop_back();
  EXPECT_EQ(size_of(Format::Webp, webp(chunks)), "5x3 frames 1");
}

TEST(WebpProbe, a_container_longer_than_the_file_is_a_cut_file) {
  auto file = webp(lossy(5, 3) + chunk("EXIF", "even"));
  file.resize(file.size() - 12);  // exactly at the end of a chunk
  EXPECT_EQ(message(Format::Webp, file),
            "The WebP ends before its last chunk: the file is cut short; upload it again.");
}

}  // namespace
}  // namespace pixelvault::domain
