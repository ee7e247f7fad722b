// Where a segment store keeps a blob: the record at an offset of a numbered file. The row of the
// image carries it, so that no index of all blobs is needed. Pure.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pixelvault::domain {

struct BlobPlace {
  std::uint32_t segment = 0;  ///< number of the segment
  std::uint64_t offset = 0;   ///< bytes from the segment's beginning to the record's

  friend auto operator<=>(const BlobPlace&, const BlobPlace&) = default;
};

/// `segment:offset` in decimal, its one spelling.
std::string to_string(const BlobPlace& place);
/// Nothing when the text is not exactly what `to_string` gives.
std::optional<BlobPlace> parse_blob_place(std::string_view text);

}  // namespace pixelvault::domain
