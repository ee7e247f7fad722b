// What the probe tests share: running a probe over bytes in portions, and writing small files by
// hand.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "domain/probe/probe.hpp"

namespace pixelvault::domain {

inline Result<ImageFacts> probe_all(Format format, std::string_view file,
                                    const ProbeLimits& limits = {},
                                    std::size_t portion = std::string_view::npos) {
  const auto probe = make_probe(format, limits);
  for (auto rest = file; !rest.empty(); rest.remove_prefix(std::min(portion, rest.size()))) {
    if (auto fed = probe->feed(base::as_bytes(rest.substr(0, portion))); !fed) {
      return fail(fed.error());
    }
  }
  return probe->finish();
}

/// Everything that a caller can see of an outcome, as text: easy to compare and to read.
inline std::string describe(const Result<ImageFacts>& outcome) {
  if (outcome) {
    return std::to_string(outcome->width) + "x" + std::to_string(outcome->height) + " frames " +
           std::to_string(outcome->frames);
  }
  const auto& error = outcome.error();
  return "error " + std::to_string(static_cast<int>(error.code)) + " " + error.message + " limit " +
         std::to_string(error.limit.value_or(0)) + " actual " +
         std::to_string(error.actual.value_or(0)) + " " + error.detected_type.value_or("");
}

inline std::string size_of(Format format, std::string_view file) {
  return describe(probe_all(format, file));
}

/// The code of the error; Internal when there was none.
inline ErrorCode refusal(Format format, std::string_view file, const ProbeLimits& limits = {}) {
  const auto outcome = probe_all(format, file, limits);
  return outcome ? ErrorCode::Internal : outcome.error().code;
}

inline std::string message(Format format, std::string_view file) {
  const auto outcome = probe_all(format, file);
  return outcome ? "" : outcome.error().message;
}

/// `value` as `size` bytes, the most significant first.
inline std::string big(std::uint64_t value, int size) {
  std::string bytes;
  for (int i = size - 1; i >= 0; --i) bytes += static_cast<char>((value >> (8 * i)) & 0xFF);
  return bytes;
}

/// `value` as `size` bytes, the least significant first.
inline std::string little(std::uint64_t value, int size) {
  std::string bytes = big(value, size);
  std::ranges::reverse(bytes);
  return bytes;
}

}  // namespace pixelvault::domain
