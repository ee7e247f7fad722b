// The sample pictures of tests/samples, and what is known about each of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "domain/format.hpp"

namespace pixelvault::support {

struct Sample {
  std::string_view name;  ///< of the file
  domain::Format format;
  std::uint32_t width;
  std::uint32_t height;
  std::uint32_t frames;
};

/// Every picture of tests/samples.
const std::vector<Sample>& samples();

/// The whole file; throws when it cannot be read.
std::string read_sample(std::string_view name);

}  // namespace pixelvault::support
