// Space given back without anybody noticing. Bytes that `sendfile` has handed to a socket still lie
// in the page cache until the peer has taken them, and a hole zeroes in place what of its range is
// cached. So pages are dropped first, which the kernel refuses for those that a socket holds, and
// only what is not cached any more gets a hole. Whoever calls has made sure that nobody begins to
// read there. Any thread may call; the calls block.
#pragma once

#include <cstdint>

#include "base/unique_fd.hpp"

namespace pixelvault::adapters::posix {

/// Part of a file.
struct PageRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

/// The whole pages within a region: no others have space of their own. May be empty.
PageRange whole_pages(std::uint64_t offset, std::uint64_t length);

/// Gives back the whole pages of a region, as far as nobody holds them. Returns whether that was
/// all of them; the rest wants another try later. `file` must be open for reading and writing.
bool punch_unheld(const base::UniqueFd& file, std::uint64_t offset, std::uint64_t length);

}  // namespace pixelvault::adapters::posix
