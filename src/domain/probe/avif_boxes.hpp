// What the two describing boxes of an AVIF file say, read when they are whole in memory: `meta` of
// a still picture (ISO/IEC 23008-12), `moov` of a sequence (ISO/IEC 14496-12). Pure.
#pragma once

#include <cstdint>

#include "domain/probe/probe.hpp"

namespace pixelvault::domain::probe {

struct AvifFacts {
  ImageFacts image;
  std::uint64_t data_end = 0;  ///< the file must be at least this long to hold what is referred to
};

/// `body` is what follows the size and type of `meta`. The primary item gives the size (for a grid
/// that of the whole); every picture that is described is held against the limits.
Result<AvifFacts> read_avif_meta(base::ByteView body, const ProbeLimits& limits);

/// `body` is what follows the size and type of `moov`; its first picture or video track counts.
Result<AvifFacts> read_avif_moov(base::ByteView body, const ProbeLimits& limits);

}  // namespace pixelvault::domain::probe
