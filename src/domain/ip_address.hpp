// An IP address as its bytes in network order, read from its one usual text. Other spellings that
// old libraries take for addresses (octal, hexadecimal, fewer than four numbers) are none here, so
// that nobody can mean two things by one text. Used where foreign hosts are contacted. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace pixelvault::domain {

class IpAddress {
 public:
  using V4 = std::array<std::uint8_t, 4>;
  using V6 = std::array<std::uint8_t, 16>;

  explicit IpAddress(const V4& bytes) : length_(bytes.size()) {
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes_[i] = bytes[i];
  }
  explicit IpAddress(const V6& bytes) : bytes_(bytes), length_(bytes.size()) {}

  bool is_v4() const { return length_ == V4().size(); }
  /// 4 or 16 bytes.
  std::span<const std::uint8_t> bytes() const { return std::span(bytes_).first(length_); }

  friend bool operator==(const IpAddress&, const IpAddress&) = default;

 private:
  V6 bytes_{};
  std::size_t length_;
};

/// Four decimal numbers up to 255 without leading zeros, with dots (RFC 3986 §3.2.2, IPv4address).
std::optional<IpAddress> parse_ipv4(std::string_view text);

/// RFC 4291 §2.2 in all its forms, without brackets and without a zone.
std::optional<IpAddress> parse_ipv6(std::string_view text);

}  // namespace pixelvault::domain
