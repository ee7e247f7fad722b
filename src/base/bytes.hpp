// Views of bytes and text, and the way between them. Every room uses them; nothing is owned here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace pixelvault::base {

using ByteView = std::span<const std::byte>;
using MutableBytes = std::span<std::byte>;

/// The bytes of a text, without copying. The view lives as long as the text.
inline ByteView as_bytes(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

/// The text that the bytes spell, without copying or checking. The view lives as long as the bytes.
inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace pixelvault::base
