// The system calls of the blob store, one function each, so that the order of a commit can be read
// where it is written. They retry EINTR where that is safe, and turn errno into `Unavailable`
// (DiskFull, Retry or Fail). All of them block: they belong on the store's threads.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "base/unique_fd.hpp"

namespace pixelvault::adapters::posix {

/// Throws `Unavailable` of the kind that `error` (an errno) means; `what` names call and file.
[[noreturn]] void throw_errno(int error, const std::string& what);

base::UniqueFd open_directory(const std::filesystem::path& path);
/// Nothing when there is no such directory.
std::optional<base::UniqueFd> find_directory(const base::UniqueFd& parent, const std::string& name);
/// The directory may exist already.
void make_directory(const base::UniqueFd& parent, const std::string& name);
/// Best effort: one that is not empty stays.
void remove_directory(const base::UniqueFd& parent, const std::string& name) noexcept;
/// Nothing when there is no such file. Refuses symbolic links.
std::optional<base::UniqueFd> find_file(const base::UniqueFd& directory, const std::string& name);

/// A new file without a name (O_TMPFILE); nothing when the file system has none.
std::optional<base::UniqueFd> create_unnamed(const base::UniqueFd& directory);
/// A new file with a name that must be free.
base::UniqueFd create_named(const base::UniqueFd& directory, const std::string& name);

/// Reads into all of `into`, by position. A file that ends before is `Unavailable`, kind Fail.
void read_all(const base::UniqueFd& file, base::MutableBytes into, std::uint64_t offset);
void write_all(const base::UniqueFd& file, base::ByteView bytes);
/// fsync of the entries of a directory that is not a store's; those have `timed_syncs`.
void sync_directory(const base::UniqueFd& directory);
/// Best effort, for directories that may be closed to this process.
void try_sync_directory(const std::filesystem::path& path) noexcept;

/// Gives a file that was opened without a name its first one. A taken name is a `std::logic_error`.
void link_unnamed(const base::UniqueFd& file, const base::UniqueFd& directory,
                  const std::string& name);
/// Gives the file `from_name` a second name. A taken name is a `std::logic_error`.
void link_named(const base::UniqueFd& from, const std::string& from_name,
                const base::UniqueFd& directory, const std::string& name);
/// The name may be gone already.
void unlink_name(const base::UniqueFd& directory, const std::string& name);
/// Best effort, for clearing up after a failure.
void try_unlink(const base::UniqueFd& directory, const std::string& name) noexcept;

struct FileStatus {
  std::uint64_t size = 0;      ///< bytes
  base::Timestamp changed_at;  ///< when it got its last bytes or its last name
};
/// Nothing when there is no regular file of that name (any more).
std::optional<FileStatus> find_status(const std::filesystem::path& path);

/// Bytes in the file.
std::uint64_t file_size(const base::UniqueFd& file);
/// Bytes that this process may still write to the file system.
std::uint64_t free_space(const base::UniqueFd& directory);

}  // namespace pixelvault::adapters::posix
