// Tokens of sessions as text: `pv_sess_` before the characters of a credential. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "domain/credential_text.hpp"

namespace pixelvault::domain {

/// A token that was well-formed when it was parsed or made. Holds the secret: never logged, never
/// stored.
class SessionToken {
 public:
  /// Nothing when the entropy ran out: draw again.
  static std::optional<SessionToken> make(const CredentialEntropy& entropy);

  /// Nothing when prefix, length, alphabet or checksum is wrong.
  static std::optional<SessionToken> parse(std::string_view text);

  const std::string& text() const { return text_; }
  base::Sha256 hash() const { return base::sha256(base::as_bytes(text_)); }

 private:
  explicit SessionToken(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace pixelvault::domain
