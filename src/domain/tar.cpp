#include "domain/tar.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <span>
#include <stdexcept>

namespace pixelvault::domain {

namespace {

/// A field of the header: where it begins and how long it is, in bytes.
struct Field {
  std::size_t offset;
  std::size_t length;
};

constexpr Field kName{.offset = 0, .length = 100};
constexpr Field kMode{.offset = 100, .length = 8};
constexpr Field kOwner{.offset = 108, .length = 8};
constexpr Field kGroup{.offset = 116, .length = 8};
constexpr Field kSize{.offset = 124, .length = 12};
constexpr Field kModified{.offset = 136, .length = 12};
constexpr Field kChecksum{.offset = 148, .length = 8};
constexpr Field kType{.offset = 156, .length = 1};
constexpr Field kMagic{.offset = 257, .length = 6};
constexpr Field kVersion{.offset = 263, .length = 2};

void put(TarHeader& header, Field field, std::string_view text) {
  std::ranges::copy(base::as_bytes(text), std::span(header).subspan(field.offset).begin());
}

/// Octal digits with zeros before them; the last byte of the field stays zero.
void put_number(TarHeader& header, Field field, std::uint64_t value) {
  for (std::size_t i = field.length - 1; i-- > 0; value >>= 3U) {
    header.at(field.offset + i) = static_cast<std::byte>('0' + (value & 7U));
  }
}

/// The sum of all bytes, taken while the checksum's own field is blank.
void put_checksum(TarHeader& header) {
  put(header, kChecksum, "        ");
  const auto sum = std::accumulate(
      header.begin(), header.end(), std::uint64_t{0},
      [](std::uint64_t total, std::byte byte) { return total + std::to_integer<unsigned>(byte); });
  // Six digits, a zero and a space, as tar programs have always written it.
  put_number(header, {.offset = kChecksum.offset, .length = kChecksum.length - 1}, sum);
  header.at(kChecksum.offset + kChecksum.length - 2) = std::byte{0};
}

bool is_writable(std::string_view name) {
  return !name.empty() && name.size() <= kName.length &&
         std::ranges::all_of(name, [](char c) { return c > ' ' && c <= '~'; });
}

std::uint64_t unix_seconds(base::Timestamp time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  return static_cast<std::uint64_t>(std::max<std::int64_t>(seconds, 0));
}

}  // namespace

TarHeader make_tar_header(const TarFile& file) {
  if (!is_writable(file.name)) throw std::logic_error("tar: a name that ustar cannot hold");
  if (file.size > kMaxTarFile) throw std::logic_error("tar: a file that ustar cannot hold");
  TarHeader header{};
  put(header, kName, file.name);
  put_number(header, kMode, 0644);
  put_number(header, kOwner, 0);
  put_number(header, kGroup, 0);
  put_number(header, kSize, file.size);
  put_number(header, kModified, unix_seconds(file.modified_at));
  put(header, kType, "0");
  put(header, kMagic, std::string_view("ustar\0", kMagic.length));
  put(header, kVersion, "00");
  put_checksum(header);
  return header;
}

std::size_t tar_padding(std::uint64_t size) {
  return static_cast<std::size_t>((kTarBlock - size % kTarBlock) % kTarBlock);
}

}  // namespace pixelvault::domain
