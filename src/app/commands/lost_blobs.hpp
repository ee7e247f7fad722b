// Telling which pictures a backup or a restore is without.
#pragma once

#include <fmt/format.h>

#include <cstdio>

#include "services/backup.hpp"

namespace pixelvault::app {

/// Names them on standard error; `sentence` is what is the matter with them, and what to do. The
/// exit code: 1 when there are any.
inline int tell_lost(const services::LostBlobs& lost, const char* sentence) {
  if (lost.count == 0) return 0;
  for (const auto& blob : lost.first) {
    const char* detail = blob.detail.empty() ? "it is not there" : blob.detail.c_str();
    fmt::print(stderr, "  {}: {}\n", blob.key, detail);
  }
  fmt::print(stderr, "{} pictures {}.\n", lost.count, sentence);
  return 1;
}

}  // namespace pixelvault::app
