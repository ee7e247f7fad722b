// Unpredictable bytes, so that tests can predict them. Any thread may ask.
#pragma once

#include <cstdint>
#include <span>

namespace pixelvault::ports {

class RandomSource {
 public:
  virtual ~RandomSource() = default;
  /// Fills all of `bytes` with cryptographically strong randomness.
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

}  // namespace pixelvault::ports
