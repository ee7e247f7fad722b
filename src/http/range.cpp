#include "http/range.hpp"

#include <algorithm>
#include <limits>

#include "http/field.hpp"

namespace pixelvault::http {
namespace {

using Resolved = std::variant<WholeBody, ByteRange, Unsatisfiable>;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A position of any number of digits; what is too large for 64 bits is their largest value, which
/// lies past the end of everything.
std::optional<std::uint64_t> parse_position(std::string_view text) {
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  if (text.empty() || !std::ranges::all_of(text, is_digit)) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (value > (kMost - digit) / 10) return kMost;
    value = value * 10 + digit;
  }
  return value;
}

Resolved resolve_suffix(std::string_view digits, std::uint64_t size) {
  const auto suffix = parse_position(digits);
  if (!suffix) return WholeBody{};
  if (*suffix == 0 || size == 0) return Unsatisfiable{};
  const auto length = std::min(*suffix, size);
  return ByteRange{.offset = size - length, .length = length};
}

Resolved resolve_spec(std::string_view spec, std::uint64_t size) {
  const auto dash = spec.find('-');
  if (dash == std::string_view::npos) return WholeBody{};
  if (dash == 0) return resolve_suffix(spec.substr(1), size);
  const auto first = parse_position(spec.substr(0, dash));
  const auto last = dash + 1 == spec.size() ? std::numeric_limits<std::uint64_t>::max()
                                            : parse_position(spec.substr(dash + 1));
  if (!first || !last || *last < *first) return WholeBody{};
  if (*first >= size) return Unsatisfiable{};
  return ByteRange{.offset = *first, .length = std::min(*last, size - 1) - *first + 1};
}

/// The one member of a list that may have empty members (RFC 9110 §5.6.1.2); nothing when it has
/// none or several.
std::optional<std::string_view> only_member(std::string_view list) {
  std::optional<std::string_view> only;
  for (;;) {
    const auto comma = list.find(',');
    const auto member = trim(list.substr(0, comma));
    if (!member.empty() && only) return std::nullopt;
    if (!member.empty()) only = member;
    if (comma == std::string_view::npos) return only;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace

Resolved resolve_range(std::string_view header, std::uint64_t size) {
  const auto equals = header.find('=');
  if (equals == std::string_view::npos) return WholeBody{};
  if (!equals_ignoring_case(trim(header.substr(0, equals)), "bytes")) return WholeBody{};
  const auto spec = only_member(header.substr(equals + 1));
  return spec ? resolve_spec(*spec, size) : Resolved(WholeBody{});
}

}  // namespace pixelvault::http
