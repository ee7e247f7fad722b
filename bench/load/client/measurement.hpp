// What a run of uploads is bounded by and what it measured; the load generator and the bare loops
// share both, so that their figures are counted alike. Printed as one JSON object.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "load/client/latencies.hpp"

namespace pixelvault::bench {

/// A run ends at whichever comes first. Uploads of the warm-up are made and not counted.
struct Bounds {
  std::chrono::milliseconds warm_up{500};
  std::chrono::milliseconds duration{5000};
  std::uint64_t uploads = 100'000;  ///< with those of the warm-up
};

struct Measurement {
  Latencies latencies;      ///< of what ended in the window behind the warm-up
  double window_s = 0;      ///< how long that window was
  std::uint64_t total = 0;  ///< uploads that succeeded, those outside the window included
  std::map<std::string, std::uint64_t> errors;
  std::string first_error;
};

/// The CPU time that this process has used so far, in seconds.
double cpu_seconds();

/// `cpu_s` is what the process used for all uploads.
std::string to_json(const Measurement& measurement, double cpu_s);

}  // namespace pixelvault::bench
