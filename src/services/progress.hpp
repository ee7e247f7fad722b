// How far a long work has come, told to whoever shows it.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace pixelvault::services {

struct Progress {
  std::string_view step;    ///< what is being done, e.g. `blobs`
  std::uint64_t done = 0;   ///< things
  std::uint64_t total = 0;  ///< how many there are about; 0: not known
  std::uint64_t bytes = 0;  ///< that were read or written for them
};

/// Called often and on the worker's own coroutine, so it must not block.
using ProgressSink = std::function<void(const Progress&)>;

}  // namespace pixelvault::services
