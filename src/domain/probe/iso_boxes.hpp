// Boxes of the ISO base media file format (ISO/IEC 14496-12 §4.2), of which AVIF files are made:
// reading the children of a box that is in memory. Pure.
#pragma once

#include <cstdint>
#include <optional>

#include "domain/probe/byte_cursor.hpp"

namespace pixelvault::domain::probe {

/// A four-character code as a number.
consteval std::uint32_t fourcc(const char (&name)[5]) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) value = (value << 8) | static_cast<std::uint8_t>(name[i]);
  return value;
}

struct IsoBox {
  std::uint32_t type = 0;
  base::ByteView body;  ///< after size and type
};

/// The box at the cursor, which moves past it; nothing at the end and when the box is damaged.
inline std::optional<IsoBox> next_box(ByteCursor& cursor) {
  const std::uint64_t present = cursor.rest().size();
  std::uint64_t size = cursor.u32();
  const auto type = cursor.u32();
  std::uint64_t header = 8;
  if (size == 1) {
    size = cursor.u64();
    header = 16;
  }
  if (size == 0) size = present;  // to the end of what holds it
  if (!cursor.ok() || size < header || size > present) return std::nullopt;
  return IsoBox{type, cursor.take(static_cast<std::size_t>(size - header))};
}

/// The first child of that type.
inline std::optional<base::ByteView> find_box(base::ByteView boxes, std::uint32_t type) {
  ByteCursor cursor(boxes);
  while (const auto box = next_box(cursor)) {
    if (box->type == type) return box->body;
  }
  return std::nullopt;
}

/// Version and flags, which begin a "full box" (§4.2.2).
struct FullBoxHeader {
  std::uint8_t version;
  std::uint32_t flags;
};

inline FullBoxHeader full_box_header(ByteCursor& cursor) {
  const auto bits = cursor.u32();
  return {static_cast<std::uint8_t>(bits >> 24), bits & 0xFFFFFF};
}

}  // namespace pixelvault::domain::probe
