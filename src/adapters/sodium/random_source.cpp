#include "adapters/sodium/random_source.hpp"

#include <sodium.h>

#include "adapters/sodium/initialise.hpp"

namespace pixelvault::adapters::sodium {

SodiumRandomSource::SodiumRandomSource() { initialise(); }

void SodiumRandomSource::fill(std::span<std::uint8_t> bytes) {
  if (bytes.empty()) return;  // an empty span has no address
  randombytes_buf(bytes.data(), bytes.size());
}

}  // namespace pixelvault::adapters::sodium
