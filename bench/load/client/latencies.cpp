#include "load/client/latencies.hpp"

#include <algorithm>
#include <cmath>

namespace pixelvault::bench {

void Latencies::add_all(const Latencies& other) {
  durations_.insert(durations_.end(), other.durations_.begin(), other.durations_.end());
}

double Latencies::percentile_ms(double percent) const {
  if (durations_.empty()) return 0;
  const auto size = static_cast<double>(durations_.size());
  // A little less than the product: 99.0 % of 100 are 99, whatever binary fractions say.
  const auto rank = static_cast<std::size_t>(std::max(std::ceil(percent / 100 * size - 1e-9), 1.0));
  auto sorted = durations_;
  const auto place =
      sorted.begin() + static_cast<std::ptrdiff_t>(std::min(rank, sorted.size()) - 1);
  std::nth_element(sorted.begin(), place, sorted.end());
  return std::chrono::duration<double, std::milli>(*place).count();
}

}  // namespace pixelvault::bench
