#include "http/peer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <array>
#include <bit>

namespace pixelvault::http {
namespace {

using base::ClientNetwork;

Peer v4_peer(const ClientNetwork& network, bool loopback) {
  return {.address = network.text(), .network = network, .loopback = loopback};
}

Peer v6_peer(const in6_addr& address) {
  const ClientNetwork network(std::bit_cast<ClientNetwork::V6>(address));
  if (const auto mapped = network.v4()) return v4_peer(network, mapped->front() == 127);
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(AF_INET6, &address, text.data(), text.size());
  return {
      .address = text.data(), .network = network, .loopback = IN6_IS_ADDR_LOOPBACK(&address) != 0};
}

}  // namespace

Peer peer_of(const sockaddr_storage& address) {
  if (address.ss_family == AF_INET) {
    const auto bytes =
        std::bit_cast<ClientNetwork::V4>(reinterpret_cast<const sockaddr_in&>(address).sin_addr);
    return v4_peer(ClientNetwork(bytes), bytes.front() == 127);
  }
  if (address.ss_family == AF_INET6) {
    return v6_peer(reinterpret_cast<const sockaddr_in6&>(address).sin6_addr);
  }
  return {};
}

}  // namespace pixelvault::http
