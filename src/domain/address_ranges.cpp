#include "domain/address_ranges.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace pixelvault::domain {
namespace {

constexpr auto kSpecialV4 = std::to_array<std::string_view>({
    "0.0.0.0/8",        // this network (RFC 791)
    "10.0.0.0/8",       // private use (RFC 1918)
    "100.64.0.0/10",    // shared address space of carriers (RFC 6598)
    "127.0.0.0/8",      // loopback (RFC 1122)
    "169.254.0.0/16",   // link local, and the metadata services of clouds (RFC 3927)
    "172.16.0.0/12",    // private use (RFC 1918)
    "192.0.0.0/24",     // protocol assignments (RFC 6890)
    "192.0.2.0/24",     // documentation (RFC 5737)
    "192.31.196.0/24",  // AS112 (RFC 7535)
    "192.52.193.0/24",  // multicast tunnels (RFC 7450)
    "192.88.99.0/24",   // 6to4 relays (RFC 7526)
    "192.168.0.0/16",   // private use (RFC 1918)
    "192.175.48.0/24",  // AS112 (RFC 7534)
    "198.18.0.0/15",    // benchmarks (RFC 2544)
    "198.51.100.0/24",  // documentation (RFC 5737)
    "203.0.113.0/24",   // documentation (RFC 5737)
    "224.0.0.0/4",      // multicast (RFC 5771)
    "240.0.0.0/4",      // reserved, and 255.255.255.255 (RFC 1112, RFC 8190)
});

constexpr auto kSpecialV6 = std::to_array<std::string_view>({
    "::1/128",            // loopback (RFC 4291)
    "::/128",             // unspecified (RFC 4291)
    "::/96",              // IPv4-compatible (RFC 4291)
    "::ffff:0:0/96",      // IPv4-mapped (RFC 4291)
    "64:ff9b::/96",       // IPv4 through a translator (RFC 6052)
    "64:ff9b:1::/48",     // the same, local (RFC 8215)
    "100::/64",           // discard (RFC 6666)
    "2001::/23",          // protocol assignments, Teredo (RFC 2928, RFC 4380)
    "2001:db8::/32",      // documentation (RFC 3849)
    "2002::/16",          // 6to4, which holds an IPv4 address (RFC 3056)
    "2620:4f:8000::/48",  // AS112 (RFC 7534)
    "3fff::/20",          // documentation (RFC 9637)
    "5f00::/16",          // segment routing (RFC 9602)
    "fc00::/7",           // unique local (RFC 4193)
    "fe80::/10",          // link local (RFC 4291)
    "ff00::/8",           // multicast (RFC 4291)
});

/// All that is given to hosts (RFC 4291 §2.4 and IANA's registry of IPv6 space).
constexpr std::string_view kGlobalUnicast = "2000::/3";
constexpr std::string_view kOutsideGlobalUnicast = "the space outside 2000::/3";

struct Range {
  IpAddress first;
  unsigned bits = 0;
  std::string_view text;
};

/// Only for the texts above.
Range make_range(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = text.substr(0, slash);
  unsigned bits = 0;
  std::from_chars(text.data() + slash + 1, text.data() + text.size(), bits);
  const auto first = address.contains(':') ? parse_ipv6(address) : parse_ipv4(address);
  // NOLINTNEXTLINE(bugprone-unchecked-optional-access): the texts are ours
  return {.first = first.value(), .bits = bits, .text = text};
}

bool contains(const Range& range, const IpAddress& address) {
  const auto bytes = address.bytes();
  const auto first = range.first.bytes();
  if (bytes.size() != first.size()) return false;
  const std::size_t whole = range.bits / 8;
  if (!std::ranges::equal(bytes.first(whole), first.first(whole))) return false;
  const unsigned rest = range.bits % 8;
  return rest == 0 || (bytes[whole] ^ first[whole]) >> (8 - rest) == 0;
}

std::vector<Range> make_ranges() {
  std::vector<Range> ranges;
  ranges.reserve(std::size(kSpecialV4) + std::size(kSpecialV6));
  for (const auto text : kSpecialV4) ranges.push_back(make_range(text));
  for (const auto text : kSpecialV6) ranges.push_back(make_range(text));
  return ranges;
}

}  // namespace

std::optional<std::string_view> special_range(const IpAddress& address) {
  static const auto ranges = make_ranges();
  static const auto global_unicast = make_range(kGlobalUnicast);
  const auto within = [&](const Range& range) { return contains(range, address); };
  if (const auto found = std::ranges::find_if(ranges, within); found != ranges.end()) {
    return found->text;
  }
  if (!address.is_v4() && !within(global_unicast)) return kOutsideGlobalUnicast;
  return std::nullopt;
}

}  // namespace pixelvault::domain
