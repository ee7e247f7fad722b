// Points in time as the whole server keeps them: UTC, milliseconds. Pure; the clock itself is a
// port.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace pixelvault::base {

using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

inline std::int64_t to_unix_millis(Timestamp time) { return time.time_since_epoch().count(); }
inline Timestamp from_unix_millis(std::int64_t millis) {
  return Timestamp(std::chrono::milliseconds(millis));
}

/// `2026-11-22T10:00:00.123Z` (RFC 3339 §5.6).
std::string to_rfc3339(Timestamp time);

}  // namespace pixelvault::base
