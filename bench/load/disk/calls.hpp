// System calls of the bare loops that throw instead of returning -1.
#pragma once

#include <sys/uio.h>

#include <cerrno>
#include <cstdint>
#include <span>
#include <string_view>
#include <system_error>

namespace pixelvault::bench {

/// Throws std::system_error with errno when `result` is negative.
inline void check(long result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
}

iovec part_of(std::string_view bytes);

/// Writes all parts, one behind the other from `position` on; changes them. At most IOV_MAX parts.
void write_all(int fd, std::span<iovec> parts, std::uint64_t position);

}  // namespace pixelvault::bench
