#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probing.hpp"

namespace pixelvault::domain {
namespace {

using namespace std::string_literals;

const std::string kSignature = "\x89PNG\r\n\x1A\n";

std::uint32_t crc(std::string_view text) {
  std::uint32_t value = 0xFFFFFFFF;
  for (const char c : text) {
    value ^= static_cast<std::uint8_t>(c);
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ (value % 2 == 1 ? 0xEDB88320 : 0);
  }
  return ~value;
}

std::string chunk(const std::string& type, const std::string& data = "") {
  return big(data.size(), 4) + type + data + big(crc(type + data), 4);
}

std::string header(std::uint64_t width, std::uint64_t height, int depth = 8, int colour = 2) {
  return chunk("IHDR", big(width, 4) + big(height, 4) + big(depth, 1) + big(colour, 1) + "\0\0\0"s);
}

std::string png(const std::string& between) { return kSignature + between + chunk("IEND"); }

TEST(PngProbe, the_smallest_png_is_whole) {
  EXPECT_EQ(size_of(Format::Png, png(header(5, 3) + chunk("IDAT", "x"))), "5x3 frames 1");
}

TEST(PngProbe, an_animation_counts_the_frames_of_its_control_chunk) {
  const auto control = chunk("acTL", big(7, 4) + big(0, 4));
  EXPECT_EQ(size_of(Format::Png, png(header(5, 3) + control + chunk("IDAT"))), "5x3 frames 7");
  EXPECT_EQ(size_of(Format::Png, png(header(5, 3) + chunk("IDAT") + control)), "5x3 frames 1");
  const auto none = chunk("acTL", big(0, 8));
  EXPECT_EQ(refusal(Format::Png, png(header(5, 3) + none + chunk("IDAT"))),
            ErrorCode::InvalidImage);
}

TEST(PngProbe, too_many_frames_are_refused_with_the_numbers) {
  const auto control = chunk("acTL", big(2001, 4) + big(0, 4));
  const auto outcome = probe_all(Format::Png, png(header(5, 3) + control + chunk("IDAT")));
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().limit, 2000U);
  EXPECT_EQ(outcome.error().actual, 2001U);
}

TEST(PngProbe, a_bomb_is_refused_by_its_header_alone) {
  const auto outcome = probe_all(Format::Png, kSignature + header(60'000, 60'000));
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().code, ErrorCode::ImageTooComplex);
  EXPECT_EQ(outcome.error().limit, 100'000'000U);
  EXPECT_EQ(outcome.error().actual, 3'600'000'000U);
}

TEST(PngProbe, the_largest_sides_do_not_overflow) {
  const auto outcome = probe_all(Format::Png, kSignature + header(0xFFFFFFFF, 0xFFFFFFFF));
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().actual, 0xFFFFFFFFU);
}

TEST(PngProbe, a_header_with_a_wrong_checksum_is_refused) {
  auto file = png(header(5, 3) + chunk("IDAT"));
  file[19] ^= 1;
  EXPECT_THAT(message(Format::Png, file), testing::HasSubstr("checksum"));
}

TEST(PngProbe, sides_of_zero_are_refused) {
  EXPECT_EQ(refusal(Format::Png, png(header(0, 3) + chunk("IDAT"))), ErrorCode::InvalidImage);
  EXPECT_EQ(refusal(Format::Png, png(header(3, 0) + chunk("IDAT"))), ErrorCode::InvalidImage);
}

TEST(PngProbe, only_the_pixel_types_of_the_standard_are_taken) {
  struct Case {
    int depth, colour;
    bool exists;
  };
  for (const auto& [depth, colour, exists] :
       {Case{1, 0, true}, Case{16, 0, true}, Case{3, 0, false}, Case{8, 1, false}, Case{8, 3, true},
        Case{16, 3, false}, Case{4, 2, false}, Case{16, 6, true}, Case{8, 5, false},
        Case{8, 7, false}, Case{0, 0, false}, Case{32, 2, false}}) {
    const auto file = png(header(5, 3, depth, colour) + chunk("IDAT"));
    EXPECT_EQ(probe_all(Format::Png, file).has_value(), exists) << depth << " " << colour;
  }
}

TEST(PngProbe, the_header_must_come_first) {
  EXPECT_EQ(refusal(Format::Png, png(chunk("IDAT") + header(5, 3))), ErrorCode::InvalidImage);
  EXPECT_EQ(refusal(Format::Png, png(chunk("IHDR", "short") + chunk("IDAT"))),
            ErrorCode::InvalidImage);
}

TEST(PngProbe, a_png_without_data_is_refused) {
  EXPECT_EQ(refusal(Format::Png, png(header(5, 3))), ErrorCode::InvalidImage);
}

TEST(PngProbe, impossible_chunks_are_refused) {
  const auto long_one = "\x80\0\0\0IDAT"s;
  EXPECT_EQ(refusal(Format::Png, png(header(5, 3) + long_one)), ErrorCode::InvalidImage);
  EXPECT_EQ(refusal(Format::Png, png(header(5, 3) + chunk("ID\0T"s))), ErrorCode::InvalidImage);
}

TEST(PngProbe, bytes_after_the_end_are_allowed) {
  EXPECT_EQ(size_of(Format::Png, png(header(5, 3) + chunk("IDAT")) + "more"), "5x3 frames 1");
}

TEST(PngProbe, a_cut_file_is_told_from_a_damaged_one) {
  EXPECT_EQ(message(Format::Png, kSignature + header(5, 3)),
            "The PNG ends before its IEND chunk: the file is cut short; upload it again.");
}

}  // namespace
}  // namespace pixelvault::domain
