// What the edge may be told; every limit and deadline of a connection stands here.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace pixelvault::http {

struct Options {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: the kernel chooses
  std::size_t threads = 1;

  std::uint32_t max_header_bytes = 16U * 1024;  ///< request line and fields together
  std::chrono::seconds header_timeout{
      10};  ///< from the first byte of a request to its last header line
  std::chrono::seconds idle_timeout{75};   ///< between two requests
  std::chrono::seconds body_timeout{30};   ///< between two portions of a body
  std::chrono::seconds send_timeout{60};   ///< without the client taking a byte
  std::chrono::seconds drain_timeout{10};  ///< a refused body is taken off the wire for so long
  std::uint64_t drain_bytes = 64UL * 1024 * 1024;  ///< ... and up to this size
  std::chrono::seconds shutdown_grace{30};  ///< running requests may finish when the server stops
};

}  // namespace pixelvault::http
