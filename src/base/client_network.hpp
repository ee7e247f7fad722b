// The network that counts as one client where a limit is per client: an IPv4 address, or the first
// 64 bits of an IPv6 one, since anybody has as many addresses as he likes below them. A value;
// pure.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace pixelvault::base {

class ClientNetwork {
 public:
  using V4 = std::array<std::uint8_t, 4>;  ///< in network order, as V6
  using V6 = std::array<std::uint8_t, 16>;

  /// That of the address `::`.
  ClientNetwork() = default;
  explicit ClientNetwork(const V4& address);
  /// A mapped address (`::ffff:192.0.2.1`, RFC 4291 §2.5.5.2) is the IPv4 address that it maps.
  explicit ClientNetwork(const V6& address);

  /// Nothing when it is an IPv6 network.
  std::optional<V4> v4() const;
  /// `192.0.2.1` or `2001:db8:0:1::/64`.
  std::string text() const;

  friend auto operator<=>(const ClientNetwork&, const ClientNetwork&) = default;

 private:
  V6 bytes_{};  // an IPv4 address as a mapped one
};

}  // namespace pixelvault::base
