#include "domain/blob_place.hpp"

#include <charconv>

namespace pixelvault::domain {

std::string to_string(const BlobPlace& place) {
  return std::to_string(place.segment) + ':' + std::to_string(place.offset);
}

std::optional<BlobPlace> parse_blob_place(std::string_view text) {
  BlobPlace place;
  const char* const end = text.data() + text.size();
  const auto segment = std::from_chars(text.data(), end, place.segment);
  if (segment.ec != std::errc() || segment.ptr == end) return std::nullopt;
  const auto offset = std::from_chars(segment.ptr + 1, end, place.offset);
  if (offset.ec != std::errc() || to_string(place) != text) return std::nullopt;
  return place;
}

}  // namespace pixelvault::domain
