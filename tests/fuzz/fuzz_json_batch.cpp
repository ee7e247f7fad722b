// libFuzzer target of the parser of JSON batches; the property is in json_batch_feeding.hpp.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "json_batch_feeding.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto problem = pixelvault::fuzz::check_json_batch(input);
  if (problem.empty()) return 0;
  std::fputs(problem.c_str(), stderr);
  std::abort();
}
