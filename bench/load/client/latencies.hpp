// Durations of a run and what is told of them. Percentiles are by nearest rank: the smallest
// duration that at least so many of a hundred do not exceed, so each one was really measured. One
// thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

namespace pixelvault::bench {

using Clock = std::chrono::steady_clock;

class Latencies {
 public:
  void add(Clock::duration duration) { durations_.push_back(duration); }
  void add_all(const Latencies& other);

  std::size_t count() const { return durations_.size(); }
  /// In milliseconds; `percent` is above 0 and at most 100. 0 when nothing was added.
  double percentile_ms(double percent) const;

 private:
  std::vector<Clock::duration> durations_;
};

}  // namespace pixelvault::bench
