#include "adapters/segments/crc32c.hpp"

#include <array>
#include <cstddef>
#include <cstring>

namespace pixelvault::adapters::segments {

namespace {

constexpr std::uint32_t kReversedPolynomial = 0x82F63B78;
constexpr std::size_t kWord = 8;

using Table = std::array<std::uint32_t, 256>;

/// Table k carries a byte over k more bytes of zeros, so that eight bytes are eight look-ups that
/// do not wait for each other.
constexpr std::array<Table, kWord> make_tables() {
  std::array<Table, kWord> tables{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? kReversedPolynomial : 0);
    tables[0][byte] = crc;
  }
  for (std::size_t k = 1; k < kWord; ++k) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t crc = tables[k - 1][byte];
      tables[k][byte] = (crc >> 8) ^ tables[0][crc & 0xFF];
    }
  }
  return tables;
}

constexpr auto kTables = make_tables();

/// Eight bytes, the first in the lowest.
std::uint64_t load_word(const std::byte* bytes) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < kWord; ++i) word |= std::to_integer<std::uint64_t>(bytes[i]) << 8 * i;
  return word;
}

std::uint32_t add_word(std::uint32_t crc, std::uint64_t word) {
  word ^= crc;
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < kWord; ++i) {
    sum ^= kTables[kWord - 1 - i][static_cast<std::uint8_t>(word >> 8 * i)];
  }
  return sum;
}

std::uint32_t add_byte(std::uint32_t crc, std::byte byte) {
  return (crc >> 8) ^ kTables[0][(crc ^ std::to_integer<std::uint32_t>(byte)) & 0xFF];
}

#ifdef __x86_64__
__attribute__((target("sse4.2"))) std::uint32_t crc32c_in_hardware(base::ByteView bytes,
                                                                   std::uint32_t before) {
  std::uint64_t crc = ~before;
  for (; bytes.size() >= kWord; bytes = bytes.subspan(kWord)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), kWord);
    crc = __builtin_ia32_crc32di(crc, word);
  }
  auto rest = static_cast<std::uint32_t>(crc);
  for (const auto byte : bytes) {
    rest = __builtin_ia32_crc32qi(rest, std::to_integer<std::uint8_t>(byte));
  }
  return ~rest;
}
#endif

}  // namespace

std::uint32_t crc32c_in_software(base::ByteView bytes, std::uint32_t before) {
  std::uint32_t crc = ~before;
  for (; bytes.size() >= kWord; bytes = bytes.subspan(kWord)) {
    crc = add_word(crc, load_word(bytes.data()));
  }
  for (const auto byte : bytes) crc = add_byte(crc, byte);
  return ~crc;
}

std::uint32_t crc32c(base::ByteView bytes, std::uint32_t before) {
#ifdef __x86_64__
  static const bool has_instruction = __builtin_cpu_supports("sse4.2") != 0;
  if (has_instruction) return crc32c_in_hardware(bytes, before);
#endif
  return crc32c_in_software(bytes, before);
}

}  // namespace pixelvault::adapters::segments
