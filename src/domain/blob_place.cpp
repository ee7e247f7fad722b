#include "domain/blob_place.hpp"

#include <algorithm>
#include <charconv>

namespace pixelvault::domain {
namespace {

/// Whether `text` begins with a number that fits.
template <class Number>
bool read(std::string_view text, Number& number) {
  return std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc();
}

}  // namespace

std::string to_string(const BlobPlace& place) {
  return std::to_string(place.segment) + ':' + std::to_string(place.offset);
}

std::optional<BlobPlace> parse_blob_place(std::string_view text) {
  BlobPlace place;
  const auto segment = text.substr(0, text.find(':'));
  const auto offset = text.substr(std::min(segment.size() + 1, text.size()));
  if (!read(segment, place.segment) || !read(offset, place.offset)) return std::nullopt;
  if (to_string(place) != text) return std::nullopt;  // another spelling of the same numbers
  return place;
}

}  // namespace pixelvault::domain
