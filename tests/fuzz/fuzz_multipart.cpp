// libFuzzer target of the multipart parser; the property is in multipart_feeding.hpp.
#include <cstdio>
#include <cstdlib>

#include "multipart_feeding.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto problem = pixelvault::fuzz::check_multipart(input);
  if (problem.empty()) return 0;
  std::fputs(problem.c_str(), stderr);
  std::abort();
}
