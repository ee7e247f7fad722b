// The rules for small fields.
#include <cstddef>
#include <cstdint>

#include "fuzz/domain_bodies.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  pixelvault::fuzz::folder_filename_email_body({reinterpret_cast<const char*>(data), size});
  return 0;
}
