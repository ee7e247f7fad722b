// The ustar interchange format (POSIX.1-2017, pax, "ustar Interchange Format") as far as an export
// needs it: the headers of regular files, and what stands between and behind them. Any tar reads
// it. Used by the archive of an export. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"
#include "base/time.hpp"

namespace pixelvault::domain {

inline constexpr std::size_t kTarBlock = 512;
/// An archive ends with two blocks of zeros.
inline constexpr std::size_t kTarEnd = 2 * kTarBlock;
/// What the eleven octal digits of a size can say, in bytes.
inline constexpr std::uint64_t kMaxTarFile = (std::uint64_t{1} << 33U) - 1;

struct TarFile {
  std::string_view name;  ///< 1 to 100 printable ASCII characters, `/` between folders
  std::uint64_t size = 0;
  base::Timestamp modified_at;  ///< kept to the second
};

using TarHeader = std::array<std::byte, kTarBlock>;

/// The block before a file's bytes. A name or size that does not fit is a `std::logic_error`.
TarHeader make_tar_header(const TarFile& file);

/// How many zeros follow a file of this size, to fill its last block.
std::size_t tar_padding(std::uint64_t size);

}  // namespace pixelvault::domain
