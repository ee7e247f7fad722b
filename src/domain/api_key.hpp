// API keys as text (contract §1): `pv_live_` or `pv_test_` and 32 base62 characters, the last 6 a
// CRC-32 of everything before them, so that a typo is told from a revoked key without a look-up.
// Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "domain/image.hpp"

namespace pixelvault::domain {

/// Random bytes for one key; of each the value modulo 62 is used when it is below 248 (62 * 4).
/// 26 characters are needed; 64 bytes give fewer than that once in 10^21 keys.
using KeyEntropy = std::array<std::uint8_t, 64>;

/// A key that was well-formed when it was parsed or made. Holds the secret: never logged, never
/// stored.
class ApiKey {
 public:
  static constexpr std::size_t kShownCharacters = 12;

  /// Nothing when the entropy ran out (see KeyEntropy): draw again.
  static std::optional<ApiKey> make(Environment environment, const KeyEntropy& entropy);

  /// Nothing when prefix, length, alphabet or checksum is wrong.
  static std::optional<ApiKey> parse(std::string_view text);

  const std::string& text() const { return text_; }
  Environment environment() const;
  std::string shown_prefix() const { return text_.substr(0, kShownCharacters); }
  base::Sha256 hash() const { return base::sha256(base::as_bytes(text_)); }

 private:
  explicit ApiKey(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace pixelvault::domain
