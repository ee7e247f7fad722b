#include "load/client/picture.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "base/bytes.hpp"
#include "domain/probe/probe.hpp"

namespace pixelvault::bench {
namespace {

const std::string kOne(Picture::kIdentity, '1');
const std::string kTwo(Picture::kIdentity, '2');

domain::Result<domain::ImageFacts> probe(const std::string& file) {
  const auto probe = domain::make_probe(domain::Format::Jpeg, domain::ProbeLimits{});
  if (auto fed = probe->feed(base::as_bytes(file)); !fed) return std::unexpected(fed.error());
  return probe->finish();
}

class PictureOfSize : public testing::TestWithParam<std::size_t> {};

TEST_P(PictureOfSize, has_exactly_the_bytes_that_were_asked_for) {
  const Picture picture(GetParam());
  EXPECT_EQ(picture.size(), GetParam());
  EXPECT_EQ((Picture::head(kOne) + std::string(picture.rest())).size(), GetParam());
}

TEST_P(PictureOfSize, is_a_whole_jpeg) {
  const Picture picture(GetParam());
  const auto facts = probe(Picture::head(kOne) + std::string(picture.rest()));
  ASSERT_TRUE(facts.has_value());
  // Nearly everything is picture: more than a pixel for two bytes.
  EXPECT_GT(facts->width * facts->height, GetParam() / 2);
}

INSTANTIATE_TEST_SUITE_P(Sizes, PictureOfSize,
                         testing::Values(1024, 1025, 4096, 20'000, 100'000, 1'000'000, 20'000'000,
                                         50'000'000));

TEST(Picture, differs_in_its_identity) {
  EXPECT_NE(Picture::head(kOne), Picture::head(kTwo));
  EXPECT_THROW(Picture::head("short"), std::invalid_argument);
}

TEST(Picture, noise_needs_no_stuffing) {
  const Picture picture(20'000);
  const auto scan = picture.rest().substr(picture.rest().find("\xFF\xDA"));
  EXPECT_EQ(scan.find('\xFF', 2), scan.size() - 2);  // the end marker
}

TEST(Picture, refuses_sizes_that_it_cannot_have) {
  EXPECT_THROW(Picture(1023), std::invalid_argument);
  EXPECT_THROW(Picture(50'000'001), std::invalid_argument);
}

}  // namespace
}  // namespace pixelvault::bench
