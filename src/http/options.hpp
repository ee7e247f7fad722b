// What the edge may be told; every limit and deadline of a connection stands here.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace pixelvault::http {

struct Options {
  std::string name = "public";  ///< of the listener, in the metrics
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: the kernel chooses
  std::size_t threads = 1;

  /// Connections at the same time, of all threads; those above get a refusal (503).
  std::size_t max_connections = 10'000;
  /// Of one client: an IPv4 address or an IPv6 /64. 0 is no limit, loopback addresses have none.
  std::size_t max_connections_per_address = 0;
  /// Requests that the application works at, their bodies included; those above are refused (503).
  std::size_t max_requests = 1024;
  /// Refused connections that are closed gently at the same time; those above are just closed.
  std::size_t max_refusals = 256;
  /// A refused connection may take so long to notice.
  std::chrono::milliseconds refusal_linger = std::chrono::seconds(2);

  std::uint32_t max_header_bytes = 16U * 1024;  ///< request line and fields together
  /// From the first byte of a request to its last header line.
  std::chrono::milliseconds header_timeout = std::chrono::seconds(10);
  /// Between two requests.
  std::chrono::milliseconds idle_timeout = std::chrono::seconds(75);
  /// Between two portions of a body.
  std::chrono::milliseconds body_timeout = std::chrono::seconds(30);
  /// Without the client taking a byte.
  std::chrono::milliseconds send_timeout = std::chrono::seconds(60);
  /// Bytes a second that a client must send of a body, and take of a response, on average after
  /// the grace; 0 is any. The time that the server itself needs does not count.
  std::uint64_t min_transfer_rate = 1024;
  std::chrono::milliseconds transfer_grace = std::chrono::seconds(30);
  /// A refused body is taken off the wire for so long and up to this size.
  std::chrono::milliseconds drain_timeout = std::chrono::seconds(10);
  std::uint64_t drain_bytes = 64UL * 1024 * 1024;
  /// Running requests may finish when the server stops.
  std::chrono::milliseconds shutdown_grace = std::chrono::seconds(30);
};

}  // namespace pixelvault::http
