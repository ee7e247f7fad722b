#include "http/peer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cstring>

namespace pixelvault::http {
namespace {

constexpr std::uint64_t kMappedV4 = 0xFFFF'0000'0000;

Peer v4_peer(const in_addr& address) {
  std::array<char, INET_ADDRSTRLEN> text{};
  ::inet_ntop(AF_INET, &address, text.data(), text.size());
  const auto bits = ntohl(address.s_addr);
  return {.address = text.data(), .network = {0, kMappedV4 | bits}, .loopback = bits >> 24 == 127};
}

Peer v6_peer(const in6_addr& address) {
  if (IN6_IS_ADDR_V4MAPPED(&address)) {
    in_addr v4{};
    std::memcpy(&v4, address.s6_addr + 12, sizeof v4);
    return v4_peer(v4);
  }
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(AF_INET6, &address, text.data(), text.size());
  Peer peer{.address = text.data(), .loopback = IN6_IS_ADDR_LOOPBACK(&address) != 0};
  for (std::size_t i = 0; i < 8; ++i) peer.network[0] = peer.network[0] << 8 | address.s6_addr[i];
  return peer;
}

}  // namespace

Peer peer_of(const sockaddr_storage& address) {
  if (address.ss_family == AF_INET) {
    return v4_peer(reinterpret_cast<const sockaddr_in&>(address).sin_addr);
  }
  if (address.ss_family == AF_INET6) {
    return v6_peer(reinterpret_cast<const sockaddr_in6&>(address).sin6_addr);
  }
  return {};
}

}  // namespace pixelvault::http
