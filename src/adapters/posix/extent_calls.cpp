#include "adapters/posix/extent_calls.hpp"

#include <fcntl.h>
#include <linux/falloc.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdio>

#include "adapters/posix/file_calls.hpp"

namespace pixelvault::adapters::posix {

using base::UniqueFd;

namespace {

constexpr mode_t kFileMode = 0640;
constexpr int kFileFlags = O_RDWR | O_CLOEXEC | O_NOFOLLOW;

/// Calls again while a signal interrupts.
template <class Call>
auto retrying(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

int open_at(const UniqueFd& directory, const std::string& name, int flags) {
  return retrying([&] { return ::openat(directory.get(), name.c_str(), flags, kFileMode); });
}

void check(long result, const std::string& what) {
  if (result < 0) throw_errno(errno, what);
}

/// Takes `done` bytes off the front of `parts`.
std::span<iovec> skip(std::span<iovec> parts, std::size_t done) {
  while (!parts.empty() && done >= parts.front().iov_len) {
    done -= parts.front().iov_len;
    parts = parts.subspan(1);
  }
  if (done > 0) {
    parts.front().iov_base = static_cast<std::byte*>(parts.front().iov_base) + done;
    parts.front().iov_len -= done;
  }
  return parts;
}

bool is_unsupported(int error) { return error == EOPNOTSUPP || error == ENOSYS || error == EINVAL; }

}  // namespace

std::optional<UniqueFd> find_writable(const UniqueFd& directory, const std::string& name) {
  const int fd = open_at(directory, name, kFileFlags);
  if (fd < 0 && errno == ENOENT) return std::nullopt;
  check(fd, "open " + name);
  return UniqueFd(fd);
}

UniqueFd create_writable(const UniqueFd& directory, const std::string& name) {
  const int fd = open_at(directory, name, kFileFlags | O_CREAT | O_EXCL);
  check(fd, "create " + name);
  return UniqueFd(fd);
}

UniqueFd open_or_create(const UniqueFd& directory, const std::string& name) {
  const int fd = open_at(directory, name, kFileFlags | O_CREAT);
  check(fd, "open " + name);
  return UniqueFd(fd);
}

bool has_name(const UniqueFd& directory, const std::string& name) {
  if (::faccessat(directory.get(), name.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0) return true;
  if (errno != ENOENT) throw_errno(errno, "look for " + name);
  return false;
}

void rename_within(const UniqueFd& directory, const std::string& from, const std::string& to) {
  check(::renameat(directory.get(), from.c_str(), directory.get(), to.c_str()),
        "rename " + from + " to " + to);
}

std::size_t read_some(const UniqueFd& file, base::MutableBytes into, std::uint64_t offset) {
  std::size_t done = 0;
  while (done < into.size()) {
    const auto rest = into.subspan(done);
    const ssize_t count = retrying([&] {
      return ::pread(file.get(), rest.data(), rest.size(), static_cast<off_t>(offset + done));
    });
    check(count, "read");
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

void write_parts(const UniqueFd& file, std::span<iovec> parts, std::uint64_t offset) {
  parts = skip(parts, 0);
  while (!parts.empty()) {
    const auto count = static_cast<int>(std::min<std::size_t>(parts.size(), IOV_MAX));
    const ssize_t written = retrying(
        [&] { return ::pwritev(file.get(), parts.data(), count, static_cast<off_t>(offset)); });
    check(written, "write");
    offset += static_cast<std::uint64_t>(written);
    parts = skip(parts, static_cast<std::size_t>(written));
  }
}

void write_at(const UniqueFd& file, base::ByteView bytes, std::uint64_t offset) {
  // The system call takes mutable parts because it has one type for reading and writing.
  iovec part{.iov_base = const_cast<std::byte*>(bytes.data()), .iov_len = bytes.size()};
  write_parts(file, std::span(&part, 1), offset);
}

void reserve_space(const UniqueFd& file, std::uint64_t bytes) {
  const int result =
      retrying([&] { return ::fallocate(file.get(), 0, 0, static_cast<off_t>(bytes)); });
  if (result < 0 && is_unsupported(errno)) return truncate_file(file, bytes);
  check(result, "reserve space");
}

void truncate_file(const UniqueFd& file, std::uint64_t bytes) {
  check(retrying([&] { return ::ftruncate(file.get(), static_cast<off_t>(bytes)); }), "truncate");
}

void punch_hole(const UniqueFd& file, std::uint64_t offset, std::uint64_t length) {
  if (length == 0) return;
  const int result = retrying([&] {
    return ::fallocate(file.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
                       static_cast<off_t>(offset), static_cast<off_t>(length));
  });
  if (result < 0 && is_unsupported(errno)) return;
  check(result, "give space back");
}

std::optional<std::uint64_t> find_data(const UniqueFd& file, std::uint64_t offset) {
  const off_t found = ::lseek(file.get(), static_cast<off_t>(offset), SEEK_DATA);
  if (found < 0 && errno == ENXIO) return std::nullopt;
  if (found < 0 && is_unsupported(errno)) return offset;
  check(found, "look for data");
  return static_cast<std::uint64_t>(found);
}

void lock_file(const UniqueFd& file) {
  check(retrying([&] { return ::flock(file.get(), LOCK_EX); }), "lock");
}

void unlock_file(const UniqueFd& file) noexcept { ::flock(file.get(), LOCK_UN); }

bool try_lock_file(const UniqueFd& file) {
  const int result = retrying([&] { return ::flock(file.get(), LOCK_EX | LOCK_NB); });
  if (result < 0 && errno == EWOULDBLOCK) return false;
  check(result, "lock");
  return true;
}

}  // namespace pixelvault::adapters::posix
