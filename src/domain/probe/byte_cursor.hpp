// Reads numbers from a view of foreign bytes without ever leaving it: past the end everything is
// zero and `ok()` is false for good, so that callers check once, after reading. Pure, on the stack.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.hpp"

namespace pixelvault::domain::probe {

class ByteCursor {
 public:
  explicit ByteCursor(base::ByteView bytes) : rest_(bytes) {}

  bool ok() const { return ok_; }
  base::ByteView rest() const { return rest_; }

  /// The next `size` bytes; an empty view when there are fewer.
  base::ByteView take(std::size_t size) {
    if (!ok_ || size > rest_.size()) {
      ok_ = false;
      return {};
    }
    const auto taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }

  /// An unsigned number of `size` bytes, 0 to 8, the most significant first.
  std::uint64_t big(std::size_t size) {
    std::uint64_t value = 0;
    for (const auto byte : take(size)) value = (value << 8) | std::to_integer<std::uint64_t>(byte);
    return value;
  }

  /// An unsigned number of `size` bytes, 0 to 8, the least significant first.
  std::uint64_t little(std::size_t size) {
    std::uint64_t value = 0;
    unsigned shift = 0;
    for (const auto byte : take(size)) {
      value |= std::to_integer<std::uint64_t>(byte) << shift;
      shift += 8;
    }
    return value;
  }

  std::uint8_t u8() { return static_cast<std::uint8_t>(big(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(big(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(big(4)); }
  std::uint64_t u64() { return big(8); }
  std::uint16_t u16_little() { return static_cast<std::uint16_t>(little(2)); }
  std::uint32_t u24_little() { return static_cast<std::uint32_t>(little(3)); }
  std::uint32_t u32_little() { return static_cast<std::uint32_t>(little(4)); }

 private:
  base::ByteView rest_;
  bool ok_ = true;
};

}  // namespace pixelvault::domain::probe
