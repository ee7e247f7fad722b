#include "load/disk/calls.hpp"

namespace pixelvault::bench {

iovec part_of(std::string_view bytes) {
  return {.iov_base = const_cast<char*>(bytes.data()), .iov_len = bytes.size()};  // only read
}

void write_all(int fd, std::span<iovec> parts, std::uint64_t position) {
  while (!parts.empty()) {
    const auto count =
        pwritev(fd, parts.data(), static_cast<int>(parts.size()), static_cast<off_t>(position));
    check(count, "pwritev");
    auto written = static_cast<std::size_t>(count);
    position += written;
    while (!parts.empty() && written >= parts.front().iov_len) {
      written -= parts.front().iov_len;
      parts = parts.subspan(1);
    }
    if (parts.empty()) return;
    parts.front().iov_base = static_cast<char*>(parts.front().iov_base) + written;
    parts.front().iov_len -= written;
  }
}

}  // namespace pixelvault::bench
