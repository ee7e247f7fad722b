// Clients of a sink as threads, each of which stores its next blob when the last one is durable.
#pragma once

#include "load/client/measurement.hpp"
#include "load/disk/sink.hpp"

namespace pixelvault::bench {

/// Makes the whole run with blobs of `bytes` bytes; throws what the sink throws.
Measurement store_blobs(Sink& sink, std::size_t bytes, std::size_t clients, const Bounds& bounds);

}  // namespace pixelvault::bench
