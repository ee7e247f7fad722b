// What holds for every sample picture, whatever its format.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "probing.hpp"
#include "support/samples.hpp"

namespace pixelvault::domain {
namespace {

class Samples : public testing::TestWithParam<support::Sample> {
 protected:
  const std::string file_ = support::read_sample(GetParam().name);
};

/// The length at which the picture is whole; what follows it may be missing.
std::size_t whole_length(const support::Sample& sample, std::string_view file) {
  switch (sample.format) {
    case Format::Jpeg:
      // A gain map follows the first picture of this one: its SOI stands right after the EOI.
      if (sample.name == "photo-exif-gps.jpg") return file.find("\xFF\xD9\xFF\xD8\xFF") + 2;
      return file.rfind("\xFF\xD9") + 2;
    case Format::Gif:
      return file.find_last_not_of('\0') + 1;  // zeros follow the trailer of this one
    case Format::Svg:
      return file.rfind('>') + 1;
    default:
      return file.size();
  }
}

/// All of the first and last hundreds of bytes, and a hundred places between.
std::set<std::size_t> cuts(std::size_t size) {
  constexpr std::size_t kEdge = 500;
  std::set<std::size_t> places;
  for (std::size_t i = 0; i < size; i += (i < kEdge || i + kEdge > size) ? 1 : 1 + size / 100) {
    places.insert(i);
  }
  return places;
}

TEST_P(Samples, give_their_size_and_frames) {
  const auto& sample = GetParam();
  const ImageFacts expected{sample.width, sample.height, sample.frames};
  EXPECT_EQ(describe(probe_all(sample.format, file_)), describe(expected));
}

TEST_P(Samples, give_the_same_in_any_portions) {
  const auto whole = describe(probe_all(GetParam().format, file_));
  for (const std::size_t portion : {1, 2, 3, 7, 64, 1000, 4096, 65536}) {
    EXPECT_EQ(describe(probe_all(GetParam().format, file_, {}, portion)), whole) << portion;
  }
}

TEST_P(Samples, are_refused_when_cut_short_anywhere) {
  const std::size_t whole = whole_length(GetParam(), file_);
  for (const std::size_t cut : cuts(file_.size())) {
    const auto outcome = probe_all(GetParam().format, std::string_view(file_).substr(0, cut));
    if (cut >= whole) {
      EXPECT_TRUE(outcome.has_value()) << "cut at " << cut << ": " << describe(outcome);
    } else {
      ASSERT_FALSE(outcome.has_value()) << "cut at " << cut;
      EXPECT_EQ(outcome.error().code, ErrorCode::InvalidImage) << "cut at " << cut;
    }
  }
}

TEST_P(Samples, cut_short_give_the_same_in_any_portions) {
  for (const std::size_t cut : cuts(std::min<std::size_t>(file_.size(), 2500))) {
    const auto beginning = std::string_view(file_).substr(0, cut);
    EXPECT_EQ(describe(probe_all(GetParam().format, beginning, {}, 1)),
              describe(probe_all(GetParam().format, beginning)));
  }
}

TEST_P(Samples, are_refused_over_each_limit) {
  const auto& sample = GetParam();
  const std::uint64_t pixels = std::uint64_t{sample.width} * sample.height;
  const auto side = std::max(sample.width, sample.height);
  EXPECT_TRUE(probe_all(sample.format, file_, {pixels, side, sample.frames}).has_value());
  EXPECT_EQ(refusal(sample.format, file_, {.max_pixels = pixels - 1}), ErrorCode::ImageTooComplex);
  EXPECT_EQ(refusal(sample.format, file_, {.max_side = side - 1}), ErrorCode::ImageTooComplex);
  if (sample.frames == 1) return;
  const auto many = probe_all(sample.format, file_, {.max_frames = sample.frames - 1});
  ASSERT_FALSE(many.has_value());
  EXPECT_EQ(many.error().code, ErrorCode::ImageTooComplex);
  EXPECT_EQ(many.error().limit, sample.frames - 1);
  EXPECT_EQ(many.error().actual, sample.frames);
}

TEST_P(Samples, are_refused_as_another_format) {
  for (const auto format : kFormats) {
    if (format == GetParam().format) continue;
    EXPECT_FALSE(probe_all(format, file_).has_value());
  }
}

INSTANTIATE_TEST_SUITE_P(Every, Samples, testing::ValuesIn(support::samples()),
                         [](const auto& sample) {
                           std::string name(sample.param.name);
                           std::ranges::replace_if(
                               name, [](char c) { return c == '-' || c == '.'; }, '_');
                           return name;
                         });

}  // namespace
}  // namespace pixelvault::domain
