#include <gtest/gtest.h>

#include "probing.hpp"

namespace pixelvault::domain {
namespace {

using namespace std::string_literals;

const std::string kStart = "\xFF\xD8";
const std::string kEnd = "\xFF\xD9";
const std::string kScan = "\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00"s;

std::string frame(int height, int width, char marker = '\xC0') {
  return "\xFF"s + marker + "\x00\x0B\x08"s + big(height, 2) + big(width, 2) + "\x01\x01\x11\x00"s;
}

std::string jpeg(const std::string& between) { return kStart + between + kEnd; }

TEST(JpegProbe, the_smallest_jpeg_is_whole) {
  EXPECT_EQ(size_of(Format::Jpeg, jpeg(frame(3, 5) + kScan + "data")), "5x3 frames 1");
}

TEST(JpegProbe, stuffed_and_restart_markers_do_not_end_a_scan) {
  const auto data =
      "a\xFF\x00\xD9"
      "b\xFF\xD0"
      "c\xFF\xD7"
      "d\xFF\xFF\x00"
      "e"s;
  EXPECT_EQ(size_of(Format::Jpeg, jpeg(frame(3, 5) + kScan + data)), "5x3 frames 1");
}

TEST(JpegProbe, an_end_marker_inside_a_segment_is_no_end) {
  const auto comment = "\xFF\xFE\x00\x06\xFF\xD9\xFF\xD8"s;
  EXPECT_EQ(size_of(Format::Jpeg, jpeg(comment + frame(3, 5) + kScan)), "5x3 frames 1");
  EXPECT_EQ(refusal(Format::Jpeg, kStart + comment), ErrorCode::InvalidImage);
}

TEST(JpegProbe, tables_are_not_taken_for_frame_headers) {
  for (const char marker : {'\xC4', '\xC8', '\xCC'}) {
    EXPECT_EQ(refusal(Format::Jpeg, jpeg(frame(3, 5, marker) + kScan)), ErrorCode::InvalidImage);
  }
  EXPECT_EQ(size_of(Format::Jpeg, jpeg(frame(3, 5, '\xC2') + kScan)), "5x3 frames 1");
}

TEST(JpegProbe, bytes_after_the_end_are_allowed) {
  EXPECT_EQ(size_of(Format::Jpeg, jpeg(frame(3, 5) + kScan) + jpeg("x")), "5x3 frames 1");
}

TEST(JpegProbe, a_height_left_open_is_refused) {
  EXPECT_EQ(refusal(Format::Jpeg, jpeg(frame(0, 5) + kScan)), ErrorCode::InvalidImage);
}

TEST(JpegProbe, a_missing_scan_or_frame_is_refused) {
  EXPECT_EQ(refusal(Format::Jpeg, jpeg(frame(3, 5))), ErrorCode::InvalidImage);
  EXPECT_EQ(refusal(Format::Jpeg, jpeg(kScan)), ErrorCode::InvalidImage);
}

TEST(JpegProbe, a_second_picture_inside_the_first_is_refused) {
  EXPECT_EQ(refusal(Format::Jpeg, jpeg(frame(3, 5) + kScan + kStart)), ErrorCode::InvalidImage);
}

TEST(JpegProbe, an_impossible_segment_length_is_refused) {
  EXPECT_EQ(refusal(Format::Jpeg, jpeg("\xFF\xE0\x00\x01"s + frame(3, 5) + kScan)),
            ErrorCode::InvalidImage);
}

TEST(JpegProbe, a_cut_file_is_told_from_a_damaged_one) {
  EXPECT_EQ(message(Format::Jpeg, kStart + frame(3, 5) + kScan),
            "The JPEG ends before its end marker (EOI): the file is cut short; upload it again.");
}

}  // namespace
}  // namespace pixelvault::domain
