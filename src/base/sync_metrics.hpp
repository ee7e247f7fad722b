// How long the syncs of a store take, and how many fail. A store has one of these for each call
// (`fsync`, `fdatasync`) and makes that call through it. Any thread may call.
#pragma once

#include <chrono>
#include <string>

#include "base/metrics.hpp"

namespace pixelvault::base {

class SyncMetrics {
 public:
  SyncMetrics(const std::string& store, const std::string& call)
      : seconds_({.name = "pixelvault_sync_seconds",
                  .help = "How long a sync to stable storage took, by store and system call.",
                  .labels = {{"store", store}, {"call", call}}},
                 kDurations),
        failures_({.name = "pixelvault_sync_failures_total",
                   .help = "Syncs to stable storage that failed, by store and system call.",
                   .labels = {{"store", store}, {"call", call}}}) {}

  /// The result of `call()`, which is not zero when the sync failed; errno is left as it was.
  template <class Call>
  int time(const Call& call) {
    const auto begun = std::chrono::steady_clock::now();
    const int result = call();
    seconds_.observe(std::chrono::steady_clock::now() - begun);
    if (result != 0) failures_.add();
    return result;
  }

 private:
  Histogram seconds_;
  Counter failures_;
};

}  // namespace pixelvault::base
