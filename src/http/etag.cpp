#include "http/etag.hpp"

#include <algorithm>

#include "http/field.hpp"

namespace pixelvault::http {
namespace {

/// etagc: visible characters without the quote, and bytes above ASCII. Commas are among them.
constexpr bool is_tag_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte != '"' && byte != 0x7F;
}

/// Takes a tag off the front of `text`.
std::optional<EntityTag> take_etag(std::string_view& text) {
  const bool weak = text.starts_with("W/");
  const auto opaque = text.substr(weak ? 2 : 0);
  if (!opaque.starts_with('"')) return std::nullopt;
  const auto closing = opaque.find('"', 1);
  if (closing == std::string_view::npos) return std::nullopt;
  if (!std::ranges::all_of(opaque.substr(1, closing - 1), is_tag_character)) return std::nullopt;
  text = opaque.substr(closing + 1);
  return EntityTag{.opaque = opaque.substr(0, closing + 1), .weak = weak};
}

/// Lists may have empty members (RFC 9110 §5.6.1.2).
std::string_view skip_separators(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(" \t,"), text.size()));
}

}  // namespace

std::optional<EntityTag> parse_etag(std::string_view text) {
  const auto tag = take_etag(text);
  return text.empty() ? tag : std::nullopt;
}

bool strongly_equal(EntityTag left, EntityTag right) {
  return !left.weak && !right.weak && left.opaque == right.opaque;
}

bool weakly_equal(EntityTag left, EntityTag right) { return left.opaque == right.opaque; }

bool list_matches(std::string_view list, std::string_view etag,
                  bool (*equal)(EntityTag, EntityTag)) {
  if (trim(list) == "*") return true;
  const auto current = parse_etag(etag);
  if (!current) return false;
  for (list = skip_separators(list); !list.empty(); list = skip_separators(list)) {
    const auto member = take_etag(list);
    if (!member) return false;
    const auto rest = trim(list);
    if (!rest.empty() && rest.front() != ',') return false;
    if (equal(*member, *current)) return true;
  }
  return false;
}

}  // namespace pixelvault::http
