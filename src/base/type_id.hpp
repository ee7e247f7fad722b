// Strong ids in TypeID form: prefix, `_`, 26 base32 characters of a UUIDv7 (RFC 9562 §5.7). They
// sort by creation time as text and as bytes, and an id of one kind cannot be passed for another.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/encoding.hpp"
#include "base/time.hpp"

namespace pixelvault::base {

template <std::size_t N>
struct IdPrefix {
  // Implicit, so that a literal can be the template argument.
  consteval IdPrefix(const char (&text)[N]) { std::copy_n(text, N, chars); }
  char chars[N]{};
  constexpr std::string_view view() const { return {chars, N - 1}; }
};

/// The 74 random bits of a UUIDv7, in ten bytes of which the highest six bits are not used.
using IdEntropy = std::array<std::uint8_t, 10>;

template <IdPrefix Prefix>
class TypeId {
 public:
  using Bits = std::array<std::uint8_t, 16>;

  static constexpr std::string_view prefix() { return Prefix.view(); }

  static TypeId make(Timestamp now, const IdEntropy& entropy) {
    Bits bits{};
    const auto millis = static_cast<std::uint64_t>(to_unix_millis(now));
    for (std::size_t i = 0; i < 6; ++i) {
      bits[i] = static_cast<std::uint8_t>(millis >> (40 - 8 * i));
    }
    std::copy(entropy.begin(), entropy.end(), bits.begin() + 6);
    bits[6] = static_cast<std::uint8_t>(0x70 | (bits[6] & 0x0F));  // version 7
    bits[8] = static_cast<std::uint8_t>(0x80 | (bits[8] & 0x3F));  // variant
    return TypeId(bits);
  }

  /// The id that `text` spells in its one canonical form; nothing for any other prefix, length or
  /// case.
  static std::optional<TypeId> parse(std::string_view text) {
    if (!text.starts_with(prefix())) return std::nullopt;
    text.remove_prefix(prefix().size());
    if (!text.starts_with('_')) return std::nullopt;
    const auto bits = from_base32(text.substr(1));
    if (!bits) return std::nullopt;
    return TypeId(*bits);
  }

  std::string to_string() const { return std::string(prefix()) + '_' + to_base32(bits_); }
  const Bits& bits() const { return bits_; }

  friend auto operator<=>(const TypeId&, const TypeId&) = default;

 private:
  explicit TypeId(const Bits& bits) : bits_(bits) {}
  Bits bits_;
};

}  // namespace pixelvault::base

template <pixelvault::base::IdPrefix Prefix>
struct std::hash<pixelvault::base::TypeId<Prefix>> {
  std::size_t operator()(const pixelvault::base::TypeId<Prefix>& id) const noexcept {
    // The last eight bytes are random already.
    std::size_t value = 0;
    for (std::size_t i = 8; i < 16; ++i) value = (value << 8) | id.bits()[i];
    return value;
  }
};
