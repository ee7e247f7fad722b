// Bytes that look random and are the same in every run. Any thread may ask.
#pragma once

#include <mutex>
#include <random>

#include "ports/random_source.hpp"

namespace pixelvault::support {

class FakeRandomSource final : public ports::RandomSource {
 public:
  explicit FakeRandomSource(std::uint64_t seed = 1) : generator_(seed) {}

  void fill(std::span<std::uint8_t> bytes) override {
    const std::lock_guard lock(mutex_);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(generator_() >> 24);
  }

 private:
  std::mutex mutex_;
  std::mt19937_64 generator_;
};

}  // namespace pixelvault::support
