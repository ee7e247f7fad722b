// System calls on the inside of a file: bytes by position, space reserved and given back, locks.
// Written like `file_calls`, which has the rules; all of them block.
#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/bytes.hpp"
#include "base/unique_fd.hpp"

namespace pixelvault::adapters::posix {

/// An existing file for reading and writing; nothing when there is none. Refuses symbolic links.
std::optional<base::UniqueFd> find_writable(const base::UniqueFd& directory,
                                            const std::string& name);
/// As `create_named` of `file_calls`, for reading and writing.
base::UniqueFd create_writable(const base::UniqueFd& directory, const std::string& name);
/// Opened for reading and writing, made when it is missing.
base::UniqueFd open_or_create(const base::UniqueFd& directory, const std::string& name);
/// Whether the directory has that name.
bool has_name(const base::UniqueFd& directory, const std::string& name);
/// Gives a file another name in its directory.
void rename_within(const base::UniqueFd& directory, const std::string& from, const std::string& to);

/// Reads at `offset` until `into` is full or the file ends. Returns how many bytes.
std::size_t read_some(const base::UniqueFd& file, base::MutableBytes into, std::uint64_t offset);
/// Writes all parts one behind the other, with as few calls as the system allows. Uses up `parts`.
void write_parts(const base::UniqueFd& file, std::span<iovec> parts, std::uint64_t offset);
void write_at(const base::UniqueFd& file, base::ByteView bytes, std::uint64_t offset);

/// Makes the file `bytes` long and reserves its space. Where the file system cannot reserve, it is
/// only made that long.
void reserve_space(const base::UniqueFd& file, std::uint64_t bytes);
void truncate_file(const base::UniqueFd& file, std::uint64_t bytes);
/// Gives the space of a part back; it reads as zeros from then on, its neighbours as before. Where
/// the file system cannot, nothing happens.
void punch_hole(const base::UniqueFd& file, std::uint64_t offset, std::uint64_t length);
/// Where data begins at or after `offset`, leaving out what was reserved and never written; nothing
/// when none does. Where the file system does not know, `offset`.
std::optional<std::uint64_t> find_data(const base::UniqueFd& file, std::uint64_t offset);

/// Waits for the lock on an open file, and holds it until it is unlocked or closed.
void lock_file(const base::UniqueFd& file);
void unlock_file(const base::UniqueFd& file) noexcept;
/// Whether the lock was free; then it is held.
bool try_lock_file(const base::UniqueFd& file);

}  // namespace pixelvault::adapters::posix
