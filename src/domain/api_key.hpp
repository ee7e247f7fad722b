// API keys as text (contract §1): `pv_live_` or `pv_test_` before the characters of a credential.
// Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "domain/credential_text.hpp"
#include "domain/image.hpp"

namespace pixelvault::domain {

using KeyEntropy = CredentialEntropy;

/// A key that was well-formed when it was parsed or made. Holds the secret: never logged, never
/// stored.
class ApiKey {
 public:
  static constexpr std::size_t kShownCharacters = 12;

  /// Nothing when the entropy ran out: draw again.
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
