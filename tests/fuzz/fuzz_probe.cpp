// The six probes, in any portions.
#include <cstddef>
#include <cstdint>

#include "fuzz/domain_bodies.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  pixelvault::fuzz::probe_body({reinterpret_cast<const char*>(data), size});
  return 0;
}
