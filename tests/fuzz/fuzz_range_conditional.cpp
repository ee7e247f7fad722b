// libFuzzer target of the header values; the property is in header_values.hpp.
#include <cstdio>
#include <cstdlib>

#include "header_values.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto problem = pixelvault::fuzz::check_header_value(input);
  if (problem.empty()) return 0;
  std::fputs(problem.c_str(), stderr);
  std::abort();
}
