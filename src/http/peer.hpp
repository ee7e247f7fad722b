// Who is at the other end of a connection: its address as text, and the network that counts as one
// client. Pure.
#pragma once

#include <sys/socket.h>

#include <string>

#include "base/client_network.hpp"

namespace pixelvault::http {

struct Peer {
  using Network = base::ClientNetwork;

  std::string address;  ///< an IPv4 address is written as one on an IPv6 socket too
  Network network{};
  bool loopback = false;
};

/// Of an IPv4 or IPv6 address; empty for any other.
Peer peer_of(const sockaddr_storage& address);

}  // namespace pixelvault::http
