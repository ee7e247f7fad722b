#include "http/pace.hpp"

#include <algorithm>

namespace pixelvault::http {

std::chrono::milliseconds Pace::left(std::uint64_t bytes) const {
  // Longer than any connection lives, and far from where nanoseconds overflow.
  constexpr std::chrono::milliseconds kForEver = std::chrono::hours(24 * 365);
  if (bytes_per_second_ == 0) return kForEver;
  const double seconds = static_cast<double>(bytes) / static_cast<double>(bytes_per_second_);
  const std::chrono::duration<double, std::milli> earned(seconds * 1000);
  const auto allowed = grace_ + std::chrono::duration_cast<std::chrono::milliseconds>(std::min(
                                    earned, std::chrono::duration<double, std::milli>(kForEver)));
  return allowed - std::chrono::duration_cast<std::chrono::milliseconds>(waited_);
}

}  // namespace pixelvault::http
