// libFuzzer target of the segment store's format; the property is in segment_record.hpp.
#include <cstdio>
#include <cstdlib>

#include "segment_record.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto problem = pixelvault::fuzz::check_segment_record(input);
  if (problem.empty()) return 0;
  std::fputs(problem.c_str(), stderr);
  std::abort();
}
