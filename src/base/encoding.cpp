#include "base/encoding.hpp"

#include <algorithm>

namespace pixelvault::base {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64Url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kCrockford = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::uint8_t kNoDigit = 0xFF;

constexpr std::array<std::uint8_t, 256> digits_of(std::string_view alphabet) {
  std::array<std::uint8_t, 256> digits{};
  digits.fill(kNoDigit);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    digits[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return digits;
}

constexpr auto kBase64Digits = digits_of(kBase64Url);
constexpr auto kCrockfordDigits = digits_of(kCrockford);

std::uint64_t load_big_endian(const std::uint8_t* bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value = value << 8 | bytes[i];
  return value;
}

void store_big_endian(std::uint64_t value, std::uint8_t* bytes) {
  for (std::size_t i = 8; i > 0; value >>= 8) bytes[--i] = static_cast<std::uint8_t>(value);
}

constexpr int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string to_hex(ByteView bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const auto byte : bytes) {
    const auto value = std::to_integer<unsigned>(byte);
    text += kHex[value >> 4];
    text += kHex[value & 0xF];
  }
  return text;
}

std::optional<std::vector<std::byte>> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::vector<std::byte> bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_digit(text[i]);
    const int low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<std::byte>(high * 16 + low));
  }
  return bytes;
}

std::string to_base64url(ByteView bytes) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t window = 0;
  int bits = 0;
  for (const auto byte : bytes) {
    window = (window << 8) | std::to_integer<std::uint32_t>(byte);
    for (bits += 8; bits >= 6; bits -= 6) text += kBase64Url[(window >> (bits - 6)) & 0x3F];
  }
  if (bits > 0) text += kBase64Url[(window << (6 - bits)) & 0x3F];
  return text;
}

std::optional<std::vector<std::byte>> from_base64url(std::string_view text) {
  if (text.size() % 4 == 1) return std::nullopt;
  std::vector<std::byte> bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t window = 0;
  int bits = 0;
  for (const char c : text) {
    const auto digit = kBase64Digits[static_cast<std::uint8_t>(c)];
    if (digit == kNoDigit) return std::nullopt;
    window = (window << 6) | digit;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push_back(static_cast<std::byte>((window >> bits) & 0xFF));
    }
  }
  const bool canonical = (window & ((1U << bits) - 1)) == 0;
  if (!canonical) return std::nullopt;
  return bytes;
}

// 26 characters hold 130 bits: the value is read with two zero bits in front.
std::string to_base32(const std::array<std::uint8_t, 16>& bits) {
  std::uint64_t high = load_big_endian(bits.data());
  std::uint64_t low = load_big_endian(bits.data() + 8);
  std::string text(26, '0');
  for (std::size_t i = text.size(); i > 0; --i) {
    text[i - 1] = kCrockford[low & 0x1F];
    low = low >> 5 | high << 59;
    high >>= 5;
  }
  return text;
}

std::optional<std::array<std::uint8_t, 16>> from_base32(std::string_view text) {
  if (text.size() != 26 || text[0] > '7') return std::nullopt;
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  for (const char c : text) {
    const auto digit = kCrockfordDigits[static_cast<std::uint8_t>(c)];
    if (digit == kNoDigit) return std::nullopt;
    high = high << 5 | low >> 59;
    low = low << 5 | digit;
  }
  std::array<std::uint8_t, 16> bits;
  store_big_endian(high, bits.data());
  store_big_endian(low, bits.data() + 8);
  return bits;
}

}  // namespace pixelvault::base
