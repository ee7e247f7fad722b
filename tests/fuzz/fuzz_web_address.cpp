// URLs, IP addresses and redirects.
#include <cstddef>
#include <cstdint>

#include "fuzz/web_address_body.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  pixelvault::fuzz::web_address_body({reinterpret_cast<const char*>(data), size});
  return 0;
}
