// Bytes as text: hex, base64url, and the Crockford base32 of ids. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"

namespace pixelvault::base {

/// Lower-case hexadecimal, two characters a byte (RFC 4648 §8).
std::string to_hex(ByteView bytes);
/// The bytes that `text` spells in hexadecimal of either case; nothing when it is not that.
std::optional<std::vector<std::byte>> from_hex(std::string_view text);

/// URL-safe base64 without padding (RFC 4648 §5).
std::string to_base64url(ByteView bytes);
/// Refuses padding, foreign characters and non-canonical last characters.
std::optional<std::vector<std::byte>> from_base64url(std::string_view text);

/// 128 bits as the 26 lower-case Crockford base32 characters of a TypeID (the first is 0 to 7).
std::string to_base32(const std::array<std::uint8_t, 16>& bits);
std::optional<std::array<std::uint8_t, 16>> from_base32(std::string_view text);

}  // namespace pixelvault::base
