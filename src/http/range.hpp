// Range arithmetic of RFC 9110 §14, pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace pixelvault::http {

struct ByteRange {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

struct WholeBody {};      ///< no range, a unit other than bytes, bad syntax, or several ranges
struct Unsatisfiable {};  ///< 416: starts at or past the end, or a suffix of zero bytes

/// What of `size` bytes the value of a Range header asks for. The last position is cut to the size.
std::variant<WholeBody, ByteRange, Unsatisfiable> resolve_range(std::string_view header,
                                                                std::uint64_t size);

}  // namespace pixelvault::http
