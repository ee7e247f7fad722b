#include "http/file_reads.hpp"

#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace pixelvault::http {
namespace {

/// Disks answer several readers at once better than one after the other.
constexpr std::size_t kThreads = 4;

/// Bytes that were there without waiting; below zero none. A file system that cannot say so (some
/// have no RWF_NOWAIT) is read as it comes.
ssize_t read_now(int file, char* into, std::size_t size, std::uint64_t offset) {
  const iovec part{.iov_base = into, .iov_len = size};
  const auto at = static_cast<off_t>(offset);
  const auto count = ::preadv2(file, &part, 1, at, RWF_NOWAIT);
  if (count >= 0 || errno != EOPNOTSUPP) return count;
  return ::pread(file, into, size, at);
}

/// Ends of regions that were cached a moment ago, by the file and the end: asking again costs a
/// system call, and being wrong costs one wait for the disk. Of one thread.
class JustCached {
 public:
  bool has(const base::FileRegion& region) const {
    const auto& seen = place(region);
    return seen.file == region.file.get() && seen.end == region.offset + region.length &&
           now() - seen.at < kMoment;
  }
  void add(const base::FileRegion& region) {
    place(region) = {.file = region.file.get(), .end = region.offset + region.length, .at = now()};
  }

 private:
  static constexpr std::chrono::nanoseconds kMoment = std::chrono::milliseconds(20);
  struct Seen {
    const base::UniqueFd* file = nullptr;
    std::uint64_t end = 0;
    std::chrono::nanoseconds at{};
  };

  static std::chrono::nanoseconds now() {
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
  }
  static std::size_t slot(const base::FileRegion& region) {
    const auto file =
        reinterpret_cast<std::uintptr_t>(region.file.get()) / alignof(std::max_align_t);
    return (file ^ (region.offset + region.length) / 4096) % kPlaces;
  }
  Seen& place(const base::FileRegion& region) { return seen_[slot(region)]; }
  const Seen& place(const base::FileRegion& region) const { return seen_[slot(region)]; }

  static constexpr std::size_t kPlaces = 256;
  std::array<Seen, kPlaces> seen_{};
};

void read_through(const base::FileRegion& region) {
  std::array<char, 64UL * 1024> bytes;
  for (std::uint64_t done = 0; done < region.length;) {
    const auto size = std::min<std::uint64_t>(bytes.size(), region.length - done);
    const auto count =
        ::pread(region.file->get(), bytes.data(), size, static_cast<off_t>(region.offset + done));
    if (count <= 0) return;
    done += static_cast<std::uint64_t>(count);
  }
}

}  // namespace

FileReads::FileReads(std::size_t waiting, EdgeCounters& counters)
    : counters_(counters), pool_({.name = "cold files", .threads = kThreads, .queue = waiting}) {}

bool FileReads::append_cached(const base::FileRegion& region, std::string& out) {
  const auto before = out.size();
  bool whole = false;
  out.resize_and_overwrite(before + region.length, [&](char* bytes, std::size_t) {
    const auto count = read_now(region.file->get(), bytes + before, region.length, region.offset);
    whole = count >= 0 && static_cast<std::uint64_t>(count) == region.length;
    return whole ? before + region.length : before;
  });
  return whole;
}

bool FileReads::is_cached(const base::FileRegion& region) {
  thread_local JustCached just_cached;
  if (just_cached.has(region)) return true;
  const bool cached = ask_whether_cached(region);
  if (cached) just_cached.add(region);
  return cached;
}

bool FileReads::ask_whether_cached(const base::FileRegion& region) {
  char byte = 0;
  const auto last = region.offset + region.length - 1;
  // Past the end of a file that is too short nothing is waited for either.
  return read_now(region.file->get(), &byte, 1, last) >= 0 || errno != EAGAIN;
}

base::task<void> FileReads::warm(base::FileRegion region) {
  counters_.cold_reads.fetch_add(1, std::memory_order_relaxed);
  auto work = [&region] { read_through(region); };
  co_await pool_.run(work);
}

}  // namespace pixelvault::http
