#include "domain/probe/failures.hpp"

#include <algorithm>
#include <utility>

namespace pixelvault::domain::probe {

std::unexpected<Error> invalid(std::string message) {
  return fail({.code = ErrorCode::InvalidImage, .message = std::move(message)});
}

std::unexpected<Error> cut_short(const std::string& file, const std::string& missing) {
  return invalid("The " + file + " ends before its " + missing +
                 ": the file is cut short; upload it again.");
}

std::unexpected<Error> too_complex(std::string what, std::uint64_t limit, std::uint64_t actual) {
  what += ": " + std::to_string(actual) + " where at most " + std::to_string(limit) +
          " are allowed; simplify the picture.";
  return fail({.code = ErrorCode::ImageTooComplex,
               .message = std::move(what),
               .limit = limit,
               .actual = actual});
}

Result<void> check_size(const ProbeLimits& limits, std::uint32_t width, std::uint32_t height) {
  if (width == 0 || height == 0) {
    return invalid("The picture declares a width or height of zero; export it again.");
  }
  const std::uint32_t side = std::max(width, height);
  if (side > limits.max_side) {
    return too_complex("The picture has too many pixels on a side", limits.max_side, side);
  }
  const std::uint64_t pixels = std::uint64_t{width} * height;
  if (pixels > limits.max_pixels) {
    return too_complex("The picture has too many pixels", limits.max_pixels, pixels);
  }
  return {};
}

Result<void> check_frames(const ProbeLimits& limits, std::uint64_t frames) {
  if (frames <= limits.max_frames) return {};
  return too_complex("The animation has too many frames", limits.max_frames, frames);
}

}  // namespace pixelvault::domain::probe
