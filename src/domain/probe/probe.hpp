// Reads the structure of a picture's container while its bytes stream by: dimensions, frames, and
// whether the file is whole. No pixel is decoded and memory is bounded, so a decompression bomb is
// a header with large numbers. One probe a file; pure, fuzzed.
#pragma once

#include <cstdint>
#include <memory>

#include "base/bytes.hpp"
#include "domain/error.hpp"
#include "domain/format.hpp"
#include "domain/image.hpp"

namespace pixelvault::domain {

struct ProbeLimits {
  std::uint64_t max_pixels = 100'000'000;  ///< of one frame
  std::uint32_t max_side = 65'535;         ///< pixels
  std::uint32_t max_frames = 2'000;
};

class Probe {
 public:
  virtual ~Probe() = default;

  /// The next bytes of the file, in any portions. InvalidImage when they cannot belong to such a
  /// file, ImageTooComplex (with limit and actual) as soon as a limit is passed. After an error the
  /// probe is spent.
  virtual Result<void> feed(base::ByteView bytes) = 0;

  /// The end of the file. InvalidImage when something is missing.
  virtual Result<ImageFacts> finish() = 0;
};

std::unique_ptr<Probe> make_probe(Format format, const ProbeLimits& limits);

}  // namespace pixelvault::domain
