// http and https URLs, as they are fetched from (RFC 3986, RFC 9110 §4.2). Whatever can be read in
// two ways is refused, because another reader (a proxy, the resolver) may choose the other one.
// Used by imports and by the adapter that fetches. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/error.hpp"
#include "domain/ip_address.hpp"

namespace pixelvault::domain {

inline constexpr std::size_t kMaxUrlBytes = 4096;
inline constexpr std::uint16_t kHttpPort = 80;
inline constexpr std::uint16_t kHttpsPort = 443;

/// A DNS name in lower case, or an IP address.
struct WebHost {
  std::string text;                  ///< as a Host field has it: IPv6 in brackets
  std::optional<IpAddress> ip = {};  ///< when it is one

  /// Two spellings of one address are the same host.
  friend bool operator==(const WebHost& a, const WebHost& b) {
    return a.ip || b.ip ? a.ip == b.ip : a.text == b.text;
  }
};

struct WebAddress {
  bool secure = true;  ///< https
  WebHost host;
  std::uint16_t port = kHttpsPort;
  std::string target = "/";  ///< path and query, as they go into a request line; no fragment

  /// The Host field of a request (RFC 9110 §7.2): without the scheme's own port.
  std::string host_field() const;
  /// The whole URL without its fragment.
  std::string to_string() const;
  /// The last segment of the path, decoded; may be empty. Not cleaned.
  std::string filename() const;
};

/// An absolute URL without user name and password. Characters that should have been
/// percent-encoded are; dot segments are removed. InvalidRequest with param `url`.
Result<WebAddress> parse_web_address(std::string_view text);

/// Where a Location field leads that `from` answered (RFC 9110 §10.2.2, RFC 3986 §5.2). Errors as
/// for `parse_web_address`.
Result<WebAddress> follow(const WebAddress& from, std::string_view reference);

struct HostAndPort {
  WebHost host;
  std::optional<std::uint16_t> port = {};
};

/// `host`, `host:port`, `[v6]` or `[v6]:port`, with a port from 1 to 65535.
std::optional<HostAndPort> parse_host_and_port(std::string_view text);

}  // namespace pixelvault::domain
