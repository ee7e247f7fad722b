// How the probes say no: the errors that all of them share, and the one place that holds sizes and
// frame counts against the limits. Pure.
#pragma once

#include <cstdint>
#include <string>

#include "domain/probe/probe.hpp"

namespace pixelvault::domain::probe {

/// `return invalid("The PNG has no IDAT chunk; ...");`
std::unexpected<Error> invalid(std::string message);

/// The file ends before its `missing` has come; `file` is e.g. "PNG".
std::unexpected<Error> cut_short(const std::string& file, const std::string& missing);

/// ImageTooComplex; `what` begins the sentence, e.g. "The SVG nests elements too deeply".
std::unexpected<Error> too_complex(std::string what, std::uint64_t limit, std::uint64_t actual);

/// InvalidImage for a side of zero, ImageTooComplex for too long a side or too many pixels.
Result<void> check_size(const ProbeLimits& limits, std::uint32_t width, std::uint32_t height);

/// ImageTooComplex for too many frames.
Result<void> check_frames(const ProbeLimits& limits, std::uint64_t frames);

}  // namespace pixelvault::domain::probe
