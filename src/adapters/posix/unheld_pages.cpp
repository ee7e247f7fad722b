#include "adapters/posix/unheld_pages.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "adapters/posix/extent_calls.hpp"
#include "adapters/posix/file_calls.hpp"

namespace pixelvault::adapters::posix {

using base::UniqueFd;

namespace {

constexpr std::uint64_t kChunkBytes = 16UL * 1024 * 1024;
// The cache keeps pages in lumps of up to so many bytes, and drops a lump as a whole.
constexpr std::uint64_t kLumpBytes = 2UL * 1024 * 1024;

std::uint64_t page_bytes() {
  static const auto bytes = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return bytes;
}

/// A hint: what is held stays, and is found to be cached afterwards.
void drop_cached(const UniqueFd& file, const PageRange& range) {
  ::posix_fadvise(file.get(), static_cast<off_t>(range.begin),
                  static_cast<off_t>(range.end - range.begin), POSIX_FADV_DONTNEED);
}

/// A part of a file in the address space, never touched: it brings nothing into the cache.
class Mapping {
 public:
  Mapping(const UniqueFd& file, const PageRange& range)
      : length_(range.end - range.begin),
        start_(::mmap(nullptr, length_, PROT_READ, MAP_SHARED, file.get(),
                      static_cast<off_t>(range.begin))) {
    if (start_ == MAP_FAILED) throw_errno(errno, "map a part of a segment");
  }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() { ::munmap(start_, length_); }

  /// For each page whether it is cached, in the lowest bit.
  std::vector<unsigned char> cached() const {
    std::vector<unsigned char> pages(length_ / page_bytes());
    if (::mincore(start_, length_, pages.data()) != 0) throw_errno(errno, "ask for cached pages");
    return pages;
  }

 private:
  std::size_t length_;
  void* start_;
};

/// Every run of pages that are not cached gets a hole. Returns whether those were all.
bool punch_runs(const UniqueFd& file, const PageRange& range) {
  const auto pages = Mapping(file, range).cached();
  const auto is_cached = [](unsigned char page) { return (page & 1U) != 0; };
  const auto at = [&](auto page) {
    return range.begin + static_cast<std::uint64_t>(page - pages.begin()) * page_bytes();
  };
  for (auto run = pages.begin(); run != pages.end();) {
    run = std::find_if_not(run, pages.end(), is_cached);
    const auto end = std::find_if(run, pages.end(), is_cached);
    punch_hole(file, at(run), at(end) - at(run));
    run = end;
  }
  return std::ranges::none_of(pages, is_cached);
}

bool punch_chunk(const UniqueFd& file, const PageRange& range) {
  drop_cached(file, range);
  if (punch_runs(file, range)) return true;
  // At its ends a lump may be shared with neighbours, who read theirs again when they need it.
  drop_cached(file, {.begin = range.begin / kLumpBytes * kLumpBytes,
                     .end = (range.end + kLumpBytes - 1) / kLumpBytes * kLumpBytes});
  return punch_runs(file, range);
}

}  // namespace

PageRange whole_pages(std::uint64_t offset, std::uint64_t length) {
  const std::uint64_t page = page_bytes();
  const std::uint64_t begin = (offset + page - 1) / page * page;
  return {.begin = begin, .end = std::max(begin, (offset + length) / page * page)};
}

bool punch_unheld(const UniqueFd& file, std::uint64_t offset, std::uint64_t length) {
  const PageRange all = whole_pages(offset, length);
  bool whole = true;
  for (std::uint64_t begin = all.begin; begin < all.end; begin += kChunkBytes) {
    whole &= punch_chunk(file, {.begin = begin, .end = std::min(begin + kChunkBytes, all.end)});
  }
  return whole;
}

}  // namespace pixelvault::adapters::posix
