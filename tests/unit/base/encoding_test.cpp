#include "base/encoding.hpp"

#include <gtest/gtest.h>

namespace pixelvault::base {
namespace {

using namespace std::string_literals;

std::string text_of(const std::vector<std::byte>& bytes) { return std::string(as_text(bytes)); }

TEST(Hex, bytes_come_back) {
  EXPECT_EQ(to_hex(as_bytes("\x00\x7F\x80\xFFz"s)), "007f80ff7a");
  EXPECT_EQ(text_of(from_hex("007f80FF7A").value()), "\x00\x7F\x80\xFFz"s);
  EXPECT_EQ(to_hex({}), "");
  EXPECT_TRUE(from_hex("")->empty());
}

TEST(Hex, what_is_not_hex_is_refused) {
  for (const auto* text : {"0", "0g", "g0", "0x", " 00", "00 ", "-1"}) {
    EXPECT_FALSE(from_hex(text).has_value()) << text;
  }
}

TEST(Base64Url, the_vectors_of_rfc_4648_hold_without_padding) {
  const std::pair<std::string, std::string> vectors[] = {
      {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xFB\xFF", "-_8"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(to_base64url(as_bytes(bytes)), text);
    EXPECT_EQ(text_of(from_base64url(text).value()), bytes);
  }
}

TEST(Base64Url, every_byte_comes_back_at_every_place) {
  for (int value = 0; value < 256; ++value) {
    for (const auto& bytes :
         {std::string(1, static_cast<char>(value)), "a" + std::string(1, static_cast<char>(value)),
          "ab" + std::string(1, static_cast<char>(value))}) {
      ASSERT_EQ(text_of(from_base64url(to_base64url(as_bytes(bytes))).value()), bytes);
    }
  }
}

TEST(Base64Url, padding_foreign_characters_and_second_spellings_are_refused) {
  for (const auto* text :
       {"Zg==", "Zg=", "Z", "Zm9vY", "Zm+v", "Zm/v", "Zm9v\n", "Zh", "Zm9", "Z g"}) {
    EXPECT_FALSE(from_base64url(text).has_value()) << text;
  }
}

TEST(Base32, the_ends_of_the_range_are_spelled_as_in_the_typeid_specification) {
  std::array<std::uint8_t, 16> bits{};
  EXPECT_EQ(to_base32(bits), "00000000000000000000000000");
  bits[15] = 1;
  EXPECT_EQ(to_base32(bits), "00000000000000000000000001");
  bits[15] = 32;
  EXPECT_EQ(to_base32(bits), "00000000000000000000000010");
  bits.fill(0xFF);
  EXPECT_EQ(to_base32(bits), "7zzzzzzzzzzzzzzzzzzzzzzzzz");
  EXPECT_EQ(from_base32("7zzzzzzzzzzzzzzzzzzzzzzzzz"), bits);
}

TEST(Base32, every_bit_comes_back) {
  for (std::size_t bit = 0; bit < 128; ++bit) {
    std::array<std::uint8_t, 16> bits{};
    bits[bit / 8] = static_cast<std::uint8_t>(0x80 >> (bit % 8));
    ASSERT_EQ(from_base32(to_base32(bits)), bits) << bit;
  }
}

TEST(Base32, other_spellings_are_refused) {
  const std::string good = "01h455vb4pex5vsknk084sn02q";
  ASSERT_TRUE(from_base32(good).has_value());
  for (const auto& wrong : {good.substr(1), good + "0", "8" + good.substr(1),
                            "01H455VB4PEX5VSKNK084SN02Q"s, "i1h455vb4pex5vsknk084sn02q"s,
                            "01h455vb4pex5vsknk084sn0lq"s, "01h455vb4pex5vsknk084sn0uq"s, ""s}) {
    EXPECT_FALSE(from_base32(wrong).has_value()) << wrong;
  }
}

}  // namespace
}  // namespace pixelvault::base
