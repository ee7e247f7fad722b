// Randomness from libsodium, which takes it from the kernel. Any thread may ask.
#pragma once

#include "ports/random_source.hpp"

namespace pixelvault::adapters::sodium {

class SodiumRandomSource final : public ports::RandomSource {
 public:
  SodiumRandomSource();
  void fill(std::span<std::uint8_t> bytes) override;
};

}  // namespace pixelvault::adapters::sodium
