// How often a cache knew the answer. A cache has one of these and tells it of every look-up. Any
// thread may call.
#pragma once

#include <string>

#include "base/metrics.hpp"

namespace pixelvault::base {

class CacheMetrics {
 public:
  /// `cache` names it on the page, e.g. `caller`.
  explicit CacheMetrics(const std::string& cache)
      : hits_(info(cache, "hit")), misses_(info(cache, "miss")) {}

  void hit() noexcept { hits_.add(); }
  void miss() noexcept { misses_.add(); }

 private:
  static MetricInfo info(const std::string& cache, const char* result) {
    return {.name = "pixelvault_cache_lookups_total",
            .help = "Look-ups in caches, by cache and result.",
            .labels = {{"cache", cache}, {"result", result}}};
  }

  Counter hits_;
  Counter misses_;
};

}  // namespace pixelvault::base
