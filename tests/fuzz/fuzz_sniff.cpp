// What a file is, by its head.
#include <cstddef>
#include <cstdint>

#include "fuzz/domain_bodies.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  pixelvault::fuzz::sniff_body({reinterpret_cast<const char*>(data), size});
  return 0;
}
