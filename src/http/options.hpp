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

  std::uint32_t max_header_bytes = 16U * 1024;  ///< request line and fields together
  /// From the first byte of a request to its last header line.
  std::chrono::milliseconds header_timeout = std::chrono::seconds(10);
  /// Between two requests.
  std::chrono::milliseconds idle_timeout = std::chrono::seconds(75);
  /// Between two portions of a body.
  std::chrono::milliseconds body_timeout = std::chrono::seconds(30);
  /// Without the client taking a byte.
  std::chrono::milliseconds send_timeout = std::chrono::seconds(60);
  /// A refused body is taken off the wire for so long and up to this size.
  std::chrono::milliseconds drain_timeout = std::chrono::seconds(10);
  std::uint64_t drain_bytes = 64UL * 1024 * 1024;
  /// Running requests may finish when the server stops.
  std::chrono::milliseconds shutdown_grace = std::chrono::seconds(30);
};

}  // namespace pixelvault::http
