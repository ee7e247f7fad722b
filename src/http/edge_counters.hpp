// What the edge has done and does, as plain numbers that any thread may read at any time. Written
// by the workers; each number is right by itself, not together with the others.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace pixelvault::http {

struct EdgeCounters {
  std::atomic<std::size_t> open_connections = 0;    ///< now, without refused ones
  std::atomic<std::size_t> running_requests = 0;    ///< now, in the application
  std::atomic<std::uint64_t> accepted = 0;          ///< connections, without refused ones
  std::atomic<std::uint64_t> refused = 0;           ///< connections that got a 503
  std::atomic<std::uint64_t> dropped = 0;           ///< connections closed without an answer
  std::atomic<std::uint64_t> refused_requests = 0;  ///< requests over `max_requests`
  std::atomic<std::uint64_t> cold_reads = 0;        ///< portions of files read from the disk
};

}  // namespace pixelvault::http
