#include "adapters/system/clock.hpp"

namespace pixelvault::adapters::system {

base::Timestamp SystemClock::now() const {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace pixelvault::adapters::system
