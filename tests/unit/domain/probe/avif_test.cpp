#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probing.hpp"

namespace pixelvault::domain {
namespace {

using namespace std::string_literals;

std::string box(const std::string& type, const std::string& body) {
  return big(body.size() + 8, 4) + type + body;
}

std::string full(const std::string& type, const std::string& body, int version = 0, int flags = 0) {
  return box(type, big(version, 1) + big(flags, 3) + body);
}

std::string brands(const std::string& major) { return box("ftyp", major + "\0\0\0\0mif1avif"s); }

std::string size_property(std::uint64_t width, std::uint64_t height) {
  return full("ispe", big(width, 4) + big(height, 4));
}

/// Item 1 with its data at `offset`; its properties are what `associations` points to.
std::string meta(const std::string& properties, const std::string& associations,
                 std::uint64_t offset, std::uint64_t length = 4) {
  const auto pitm = full("pitm", big(1, 2));
  const auto iloc = full("iloc", "\x44\x00"s + big(1, 2) + big(1, 2) + big(0, 2) + big(1, 2) +
                                     big(offset, 4) + big(length, 4));
  const auto ipma = full("ipma", big(1, 4) + big(1, 2) + associations);
  return full("meta", pitm + iloc + box("iprp", box("ipco", properties) + ipma));
}

/// One property, associated; the picture's data fill the last box.
std::string still(std::uint64_t width, std::uint64_t height) {
  const auto before = brands("avif") + meta(size_property(width, height), "\x01\x81", 0);
  return brands("avif") + meta(size_property(width, height), "\x01\x81", before.size() + 8) +
         box("mdat", "data");
}

std::string track(const std::string& handler, int width, int height, const std::string& sizes,
                  std::uint64_t offset = 0) {
  const auto entry =
      box("av01", std::string(24, '\0') + big(width, 2) + big(height, 2) + std::string(50, '\0'));
  const auto table = box(
      "stbl", full("stsd", big(1, 4) + entry) + sizes + full("stco", big(1, 4) + big(offset, 4)));
  return box("trak", box("mdia", full("hdlr", big(0, 4) + handler) + box("minf", table)));
}

std::string sequence(const std::string& tracks) {
  return brands("avis") + box("moov", tracks) + box("mdat", "data");
}

std::string counted(std::uint64_t frames) { return full("stsz", big(1, 4) + big(frames, 4)); }

TEST(AvifProbe, a_still_picture_takes_the_size_of_its_primary_item) {
  EXPECT_EQ(size_of(Format::Avif, still(5, 3)), "5x3 frames 1");
}

TEST(AvifProbe, sizes_of_other_items_do_not_count) {
  const auto properties = size_property(9, 9) + box("pixi", "") + size_property(5, 3);
  const auto file = brands("avif") + meta(properties, "\x02\x02\x83", 0) + box("mdat", "data");
  EXPECT_EQ(size_of(Format::Avif, file), "5x3 frames 1");
}

TEST(AvifProbe, every_described_picture_is_held_against_the_limits) {
  const auto properties = size_property(5, 3) + size_property(60000, 60000);
  const auto file = brands("avif") + meta(properties, "\x01\x81", 0) + box("mdat", "data");
  EXPECT_EQ(refusal(Format::Avif, file), ErrorCode::ImageTooComplex);
}

TEST(AvifProbe, an_association_beyond_the_properties_is_refused) {
  const auto file = brands("avif") + meta(size_property(5, 3), "\x01\x84", 0);
  EXPECT_EQ(refusal(Format::Avif, file), ErrorCode::InvalidImage);
}

TEST(AvifProbe, data_beyond_the_end_of_the_file_are_a_cut_file) {
  const auto file = still(5, 3);
  EXPECT_THAT(message(Format::Avif, file.substr(0, file.size() - 12)),
              testing::HasSubstr("cut short"));
  const auto elsewhere =
      brands("avif") + meta(size_property(5, 3), "\x01\x81", 0xFFFFFFFF) + box("mdat", "data");
  EXPECT_EQ(refusal(Format::Avif, elsewhere), ErrorCode::InvalidImage);
}

TEST(AvifProbe, locations_do_not_overflow) {
  const auto pitm = full("pitm", big(1, 2));
  const auto iloc =
      full("iloc", "\x88\x80"s + big(1, 2) + big(1, 2) + big(0, 2) + std::string(8, '\xFF') +
                       big(1, 2) + std::string(8, '\xFF') + std::string(8, '\xFF'));
  const auto iprp =
      box("iprp", box("ipco", size_property(5, 3)) + full("ipma", big(1, 4) + "\0\1\1\x81"s));
  EXPECT_THAT(message(Format::Avif, brands("avif") + full("meta", pitm + iloc + iprp)),
              testing::HasSubstr("iloc"));
}

TEST(AvifProbe, a_box_may_reach_to_the_end_or_have_a_long_size) {
  auto open_ended = brands("avif") + meta(size_property(5, 3), "\x01\x81", 0);
  EXPECT_EQ(size_of(Format::Avif, open_ended + "\0\0\0\0mdat"s + "any"), "5x3 frames 1");
  const auto large = "\0\0\0\1mdat"s + big(20, 8) + "data";
  EXPECT_EQ(size_of(Format::Avif, open_ended + large), "5x3 frames 1");
  EXPECT_EQ(refusal(Format::Avif, open_ended + large.substr(0, 19)), ErrorCode::InvalidImage);
  const auto endless = "\0\0\0\1mdat"s + std::string(8, '\xFF') + "data";
  EXPECT_EQ(refusal(Format::Avif, open_ended + endless), ErrorCode::InvalidImage);
  EXPECT_EQ(refusal(Format::Avif, open_ended + "\0\0\0\7mdat"s), ErrorCode::InvalidImage);
}

TEST(AvifProbe, a_description_of_more_than_a_mebibyte_is_refused_at_its_header) {
  const auto outcome = probe_all(Format::Avif, brands("avif") + big(2'000'008, 4) + "meta");
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().code, ErrorCode::ImageTooComplex);
  EXPECT_EQ(outcome.error().actual, 2'000'000U);
}

TEST(AvifProbe, a_sequence_takes_its_first_picture_track) {
  const auto file = sequence(track("soun", 9, 9, counted(9)) + track("pict", 5, 3, counted(12)) +
                             track("pict", 8, 8, counted(8)));
  EXPECT_EQ(size_of(Format::Avif, file), "5x3 frames 12");
  EXPECT_EQ(
      size_of(Format::Avif, sequence(track("vide", 5, 3, full("stz2", big(8, 4) + big(4, 4))))),
      "5x3 frames 4");
}

TEST(AvifProbe, a_sequence_is_held_against_the_limits) {
  EXPECT_EQ(refusal(Format::Avif, sequence(track("pict", 5, 3, counted(2001)))),
            ErrorCode::ImageTooComplex);
  EXPECT_EQ(refusal(Format::Avif, sequence(track("pict", 65535, 65535, counted(1)))),
            ErrorCode::ImageTooComplex);
  EXPECT_EQ(refusal(Format::Avif, sequence(track("pict", 5, 3, counted(0)))),
            ErrorCode::InvalidImage);
}

TEST(AvifProbe, a_sequence_without_its_frames_is_a_cut_file) {
  const auto moov = box("moov", track("pict", 5, 3, counted(12), 100'000));
  EXPECT_THAT(message(Format::Avif, brands("avis") + moov), testing::HasSubstr("cut short"));
}

TEST(AvifProbe, a_sequence_without_a_picture_track_is_refused) {
  EXPECT_EQ(refusal(Format::Avif, sequence(track("soun", 5, 3, counted(1)))),
            ErrorCode::InvalidImage);
  EXPECT_EQ(refusal(Format::Avif, sequence("")), ErrorCode::InvalidImage);
}

TEST(AvifProbe, missing_parts_are_named) {
  EXPECT_THAT(message(Format::Avif, brands("avif")), testing::HasSubstr("meta"));
  EXPECT_THAT(message(Format::Avif, brands("avif") + full("meta", "")), testing::HasSubstr("pitm"));
  EXPECT_THAT(message(Format::Avif, brands("avif") + full("meta", full("pitm", big(1, 2)))),
              testing::HasSubstr("iprp"));
}

}  // namespace
}  // namespace pixelvault::domain
