#include "adapters/posix/file_calls.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "base/unavailable.hpp"

namespace pixelvault::adapters::posix {

using base::Unavailable;
using base::UniqueFd;

namespace {

constexpr mode_t kFileMode = 0640;
constexpr mode_t kDirectoryMode = 0750;
constexpr int kDirectoryFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

Unavailable::Kind kind_of(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return Unavailable::Kind::DiskFull;
    case EAGAIN:
    case EMFILE:
    case ENFILE:
    case ENOMEM:
      return Unavailable::Kind::Retry;
    default:
      return Unavailable::Kind::Fail;
  }
}

int open_at(int directory, const char* name, int flags) {
  int fd = -1;
  do {
    fd = ::openat(directory, name, flags, kFileMode);
  } while (fd < 0 && errno == EINTR);
  return fd;
}

void check(int result, const std::string& what) {
  if (result != 0) throw_errno(errno, what);
}

void check_link(int result, const std::string& name) {
  if (result != 0 && errno == EEXIST) throw std::logic_error("blobs: " + name + " is in use");
  check(result, "link " + name);
}

std::optional<UniqueFd> find(const UniqueFd& parent, const std::string& name, int flags) {
  const int fd = open_at(parent.get(), name.c_str(), flags);
  if (fd < 0 && errno == ENOENT) return std::nullopt;
  if (fd < 0) throw_errno(errno, "open " + name);
  return UniqueFd(fd);
}

}  // namespace

void throw_errno(int error, const std::string& what) {
  throw Unavailable(kind_of(error),
                    "blobs: " + what + ": " + std::generic_category().message(error));
}

UniqueFd open_directory(const std::filesystem::path& path) {
  const int fd = open_at(AT_FDCWD, path.c_str(), kDirectoryFlags);
  if (fd < 0) throw_errno(errno, "open " + path.string());
  return UniqueFd(fd);
}

std::optional<UniqueFd> find_directory(const UniqueFd& parent, const std::string& name) {
  return find(parent, name, kDirectoryFlags);
}

void make_directory(const UniqueFd& parent, const std::string& name) {
  const int result = ::mkdirat(parent.get(), name.c_str(), kDirectoryMode);
  if (result != 0 && errno != EEXIST) throw_errno(errno, "mkdir " + name);
}

void remove_directory(const UniqueFd& parent, const std::string& name) noexcept {
  ::unlinkat(parent.get(), name.c_str(), AT_REMOVEDIR);
}

std::optional<UniqueFd> find_file(const UniqueFd& directory, const std::string& name) {
  return find(directory, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}

std::optional<UniqueFd> create_unnamed(const UniqueFd& directory) {
  const int fd = open_at(directory.get(), ".", O_TMPFILE | O_WRONLY | O_CLOEXEC);
  // EISDIR is what a kernel says that does not know O_TMPFILE.
  if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR)) return std::nullopt;
  if (fd < 0) throw_errno(errno, "open a temporary file");
  return UniqueFd(fd);
}

UniqueFd create_named(const UniqueFd& directory, const std::string& name) {
  const int fd = open_at(directory.get(), name.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC);
  if (fd < 0) throw_errno(errno, "create " + name);
  return UniqueFd(fd);
}

void read_all(const UniqueFd& file, base::MutableBytes into, std::uint64_t offset) {
  while (!into.empty()) {
    const ssize_t count = ::pread(file.get(), into.data(), into.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_errno(errno, "read");
    if (count == 0) throw Unavailable(Unavailable::Kind::Fail, "blobs: a file ended early");
    into = into.subspan(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
  }
}

void write_all(const UniqueFd& file, base::ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_errno(errno, "write");
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

void sync_directory(const UniqueFd& directory) {
  check(::fsync(directory.get()), "fsync of a directory");
}

void try_sync_directory(const std::filesystem::path& path) noexcept {
  const UniqueFd directory(open_at(AT_FDCWD, path.c_str(), kDirectoryFlags));
  if (directory) ::fsync(directory.get());
}

void link_unnamed(const UniqueFd& file, const UniqueFd& directory, const std::string& name) {
  const std::string source = "/proc/self/fd/" + std::to_string(file.get());
  check_link(::linkat(AT_FDCWD, source.c_str(), directory.get(), name.c_str(), AT_SYMLINK_FOLLOW),
             name);
}

void link_named(const UniqueFd& from, const std::string& from_name, const UniqueFd& directory,
                const std::string& name) {
  check_link(::linkat(from.get(), from_name.c_str(), directory.get(), name.c_str(), 0), name);
}

void unlink_name(const UniqueFd& directory, const std::string& name) {
  const int result = ::unlinkat(directory.get(), name.c_str(), 0);
  if (result != 0 && errno != ENOENT) throw_errno(errno, "unlink " + name);
}

void try_unlink(const UniqueFd& directory, const std::string& name) noexcept {
  ::unlinkat(directory.get(), name.c_str(), 0);
}

std::optional<FileStatus> find_status(const std::filesystem::path& path) {
  struct stat status{};
  const int result = ::lstat(path.c_str(), &status);
  if (result != 0 && errno == ENOENT) return std::nullopt;
  check(result, "lstat " + path.string());
  if (!S_ISREG(status.st_mode)) return std::nullopt;
  const std::int64_t millis = status.st_ctim.tv_sec * 1000 + status.st_ctim.tv_nsec / 1'000'000;
  return FileStatus{.size = static_cast<std::uint64_t>(status.st_size),
                    .changed_at = base::from_unix_millis(millis)};
}

std::uint64_t file_size(const UniqueFd& file) {
  struct stat status{};
  check(::fstat(file.get(), &status), "fstat");
  return static_cast<std::uint64_t>(status.st_size);
}

std::uint64_t free_space(const UniqueFd& directory) {
  struct statvfs status{};
  check(::fstatvfs(directory.get(), &status), "statvfs");
  return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
}

}  // namespace pixelvault::adapters::posix
