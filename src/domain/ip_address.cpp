#include "domain/ip_address.hpp"

#include <algorithm>
#include <charconv>

namespace pixelvault::domain {
namespace {

/// The number that all of `text` spells in `base`, with at most `digits` of them.
std::optional<unsigned> whole_number(std::string_view text, std::size_t digits, int base) {
  if (text.empty() || text.size() > digits) return std::nullopt;
  unsigned value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || stop != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::uint8_t> octet(std::string_view text) {
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  const auto value = whole_number(text, 3, 10);
  if (!value || *value > 255) return std::nullopt;
  return static_cast<std::uint8_t>(*value);
}

/// What stands before the first `separator`, which is taken away with it; all when there is none.
std::string_view take_until(std::string_view& text, char separator) {
  const auto end = std::min(text.find(separator), text.size());
  const auto taken = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return taken;
}

/// The groups on one side of `::`, as bytes.
struct Groups {
  IpAddress::V6 bytes{};
  std::size_t length = 0;

  bool add(std::span<const std::uint8_t> more) {
    if (length + more.size() > bytes.size()) return false;
    std::ranges::copy(more, bytes.begin() + static_cast<std::ptrdiff_t>(length));
    length += more.size();
    return true;
  }
  bool add_group(std::string_view text) {
    const auto value = whole_number(text, 4, 16);
    if (!value) return false;
    const std::array<std::uint8_t, 2> group{static_cast<std::uint8_t>(*value >> 8),
                                            static_cast<std::uint8_t>(*value & 0xFF)};
    return add(group);
  }
};

/// `1:2:3`, where the last group may be an IPv4 address when `ends` (RFC 4291 §2.2, form 3).
std::optional<Groups> parse_groups(std::string_view text, bool ends) {
  Groups groups;
  if (text.empty()) return groups;
  if (text.ends_with(':')) return std::nullopt;
  while (!text.empty()) {
    const auto group = take_until(text, ':');
    const auto embedded = ends && text.empty() ? parse_ipv4(group) : std::nullopt;
    const bool added = embedded ? groups.add(embedded->bytes()) : groups.add_group(group);
    if (!added) return std::nullopt;
  }
  return groups;
}

}  // namespace

std::optional<IpAddress> parse_ipv4(std::string_view text) {
  if (std::ranges::count(text, '.') != 3) return std::nullopt;
  IpAddress::V4 bytes{};
  for (auto& byte : bytes) {
    const auto value = octet(take_until(text, '.'));
    if (!value) return std::nullopt;
    byte = *value;
  }
  return IpAddress(bytes);
}

std::optional<IpAddress> parse_ipv6(std::string_view text) {
  const auto gap = text.find("::");
  const bool whole = gap == std::string_view::npos;
  const auto head = parse_groups(text.substr(0, gap), whole);
  const auto tail = whole ? Groups() : parse_groups(text.substr(gap + 2), true);
  if (!head || !tail) return std::nullopt;
  const auto length = head->length + tail->length;
  IpAddress::V6 bytes = head->bytes;
  // `::` stands for at least one group.
  if (whole ? length != bytes.size() : length > bytes.size() - 2) return std::nullopt;
  std::copy_n(tail->bytes.begin(), tail->length,
              bytes.end() - static_cast<std::ptrdiff_t>(tail->length));
  return IpAddress(bytes);
}

}  // namespace pixelvault::domain
