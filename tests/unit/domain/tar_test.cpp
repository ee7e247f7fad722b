#include "domain/tar.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>

namespace pixelvault::domain {
namespace {

const base::Timestamp kModified = std::chrono::sys_seconds(std::chrono::seconds(1'790'000'000));

std::string header(std::string_view name, std::uint64_t size) {
  const auto block = make_tar_header({.name = name, .size = size, .modified_at = kModified});
  return std::string(base::as_text(block));
}

/// The text of a field up to its first zero byte.
std::string field(const std::string& header, std::size_t offset, std::size_t length) {
  const auto text = header.substr(offset, length);
  return text.substr(0, text.find('\0'));
}

TEST(Tar, a_header_says_what_the_standard_asks_for) {
  const auto block = header("images/a.png", 1234);
  ASSERT_EQ(block.size(), 512U);
  EXPECT_EQ(field(block, 0, 100), "images/a.png");
  EXPECT_EQ(field(block, 100, 8), "0000644");
  EXPECT_EQ(field(block, 108, 8), "0000000");
  EXPECT_EQ(field(block, 116, 8), "0000000");
  EXPECT_EQ(field(block, 124, 12), "00000002322");
  EXPECT_EQ(field(block, 136, 12), "15254235600");
  EXPECT_EQ(block[156], '0');
  EXPECT_EQ(block.substr(257, 8), std::string("ustar\00000", 8));
  EXPECT_EQ(block.find_first_not_of('\0', 265 + 64), std::string::npos)
      << "devices, prefix and the rest are zero";
}

TEST(Tar, the_checksum_is_the_sum_of_the_header_with_its_own_field_blank) {
  auto block = header("images/a.png", 1234);
  const auto written = std::stoul(block.substr(148, 6), nullptr, 8);
  EXPECT_EQ(block.substr(154, 2), std::string("\0 ", 2));
  block.replace(148, 8, 8, ' ');
  unsigned long sum = 0;
  for (const char byte : block) sum += static_cast<unsigned char>(byte);
  EXPECT_EQ(written, sum);
}

TEST(Tar, the_largest_file_fills_its_field) {
  EXPECT_EQ(field(header("a", kMaxTarFile), 124, 12), "77777777777");
  EXPECT_THROW(header("a", kMaxTarFile + 1), std::logic_error);
}

TEST(Tar, a_name_of_a_hundred_characters_fits_and_no_longer_one) {
  EXPECT_EQ(field(header(std::string(100, 'x'), 0), 0, 100), std::string(100, 'x'));
  EXPECT_THROW(header(std::string(101, 'x'), 0), std::logic_error);
}

TEST(Tar, names_that_readers_might_misread_are_refused) {
  for (const std::string name : {"", "a b", "a\n", "\xC3\xA4"}) {
    EXPECT_THROW(header(name, 0), std::logic_error) << name;
  }
  EXPECT_THROW(header(std::string("a\0b", 3), 0), std::logic_error);
}

TEST(Tar, a_time_before_the_epoch_is_the_epoch) {
  const auto block = make_tar_header(
      {.name = "a", .size = 0, .modified_at = base::Timestamp(std::chrono::milliseconds(-5))});
  EXPECT_EQ(field(std::string(base::as_text(block)), 136, 12), "00000000000");
}

TEST(Tar, padding_fills_the_last_block_and_never_makes_one) {
  EXPECT_EQ(tar_padding(0), 0U);
  EXPECT_EQ(tar_padding(1), 511U);
  EXPECT_EQ(tar_padding(511), 1U);
  EXPECT_EQ(tar_padding(512), 0U);
  EXPECT_EQ(tar_padding(513), 511U);
  EXPECT_EQ(tar_padding(kMaxTarFile), 1U);
}

}  // namespace
}  // namespace pixelvault::domain
