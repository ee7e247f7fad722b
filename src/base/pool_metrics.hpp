// What a pool of threads tells of itself. Belongs to the pool; the counts are asked for when the
// page is read.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "base/metrics.hpp"

namespace pixelvault::base {

class PoolMetrics {
 public:
  struct Use {
    std::size_t waiting = 0;
    std::size_t running = 0;
  };

  /// `use` may be called from any thread until the end of this object.
  PoolMetrics(const std::string& pool, std::size_t threads, std::size_t queue,
              std::function<Use()> use);

  /// A call was turned away because the queue was full.
  void refused() noexcept { refusals_.add(); }

 private:
  std::function<Use()> use_;
  Counter refusals_;
  SampledMetric waiting_;
  SampledMetric running_;
  SampledMetric threads_;
  SampledMetric capacity_;
};

}  // namespace pixelvault::base
