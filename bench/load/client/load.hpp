// Uploads over keep-alive connections to this machine, each of which sends its next picture when
// the last one was answered (a closed loop). One thread with epoll, so that the server under test
// has the cores; a broken connection is counted as an error and opened again.
#pragma once

#include <cstdint>

#include "load/client/measurement.hpp"
#include "load/client/request.hpp"

namespace pixelvault::bench {

struct LoadOptions {
  std::uint16_t port = 0;  ///< on 127.0.0.1: a load never leaves the machine
  std::size_t clients = 1;
  Bounds bounds;
};

/// Makes the whole run. Throws std::system_error when nothing listens.
Measurement upload(const Target& target, const Picture& picture, const LoadOptions& options);

}  // namespace pixelvault::bench
