// Takes a ustar archive apart, as a reader of it would.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace pixelvault::support {

struct TarEntry {
  std::string name;
  std::string bytes;
};

/// The files of the archive; throws when it is none, or does not end where its two zero blocks do.
inline std::vector<TarEntry> read_tar(std::string_view archive) {
  constexpr std::size_t kBlock = 512;
  if (archive.size() % kBlock != 0) throw std::runtime_error("no whole number of blocks");
  std::vector<TarEntry> entries;
  while (archive.size() > 2 * kBlock) {
    const auto header = archive.substr(0, kBlock);
    if (header.substr(257, 5) != "ustar") throw std::runtime_error("no ustar header");
    const auto size = std::stoul(std::string(header.substr(124, 11)), nullptr, 8);
    const auto blocks = (size + kBlock - 1) / kBlock;
    const auto content = archive.substr(kBlock, blocks * kBlock);
    if (content.find_first_not_of('\0', size) != std::string_view::npos) {
      throw std::runtime_error("the padding is not zero");
    }
    entries.push_back({.name = std::string(header.substr(0, header.find('\0'))),
                       .bytes = std::string(content.substr(0, size))});
    archive.remove_prefix(kBlock + content.size());
  }
  if (archive != std::string(2 * kBlock, '\0')) throw std::runtime_error("no end of the archive");
  return entries;
}

}  // namespace pixelvault::support
