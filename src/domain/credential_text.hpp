// The text form that API keys and session tokens share (contract §1): a prefix that tells the kind,
// and 32 base62 characters, the last 6 a CRC-32 of everything before them, so that a typo is told
// from a revoked credential without a look-up. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pixelvault::domain {

/// Random bytes for one credential; of each the value modulo 62 is used when it is below 248
/// (62 * 4). 26 characters are needed; 64 bytes give fewer than that once in 10^21 times.
using CredentialEntropy = std::array<std::uint8_t, 64>;

/// Nothing when the entropy ran out (see CredentialEntropy): draw again.
std::optional<std::string> make_credential(std::string_view prefix,
                                           const CredentialEntropy& entropy);

/// Whether prefix, length, alphabet and checksum are right.
bool is_credential(std::string_view prefix, std::string_view text);

}  // namespace pixelvault::domain
