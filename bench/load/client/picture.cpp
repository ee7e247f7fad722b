// ITU-T T.81. One component, one Huffman code of a single bit in each table: DC difference 0, AC
// "no zeros, eight bits follow". So every block has the same length and any bits are a picture.
#include "load/client/picture.hpp"

#include <array>
#include <cmath>
#include <random>
#include <stdexcept>

namespace pixelvault::bench {
namespace {

constexpr std::size_t kBlock = 71;  // 1 + 63 * (1 + 8) bits
constexpr std::size_t kSmallest = 1024;
constexpr std::size_t kLargest = 50'000'000;

std::string two_bytes(std::size_t value) {
  return {static_cast<char>(value >> 8), static_cast<char>(value & 0xFF)};
}

std::string segment(char marker, std::string_view content) {
  return std::string{'\xFF', marker} + two_bytes(content.size() + 2) + std::string(content);
}

std::string frame_header(std::size_t width, std::size_t height) {
  return segment('\xC0',
                 '\x08' + two_bytes(height) + two_bytes(width) + std::string("\1\1\x11\0", 4));
}

/// A table of one code, '0', for `symbol`.
std::string huffman_table(char table, char symbol) {
  return segment('\xC4', table + std::string(1, '\1') + std::string(15, '\0') + symbol);
}

std::string tables() {
  return segment('\xDB', '\0' + std::string(64, '\1')) + huffman_table('\0', '\0') +
         huffman_table('\x10', '\x08');
}

std::string scan_header() { return segment('\xDA', std::string("\1\1\0\0\x3F\0", 6)); }

/// Ones where a block has bits of values, zeros where it has the Huffman code.
std::array<std::uint8_t, kBlock> value_bits() {
  std::array<std::uint8_t, kBlock> mask;
  mask.fill(0xFF);
  const auto clear = [&mask](std::size_t bit) {
    mask.at(bit / 8) &= static_cast<std::uint8_t>(~(0x80U >> (bit % 8)));
  };
  clear(0);
  for (std::size_t coefficient = 0; coefficient < 63; ++coefficient) clear(1 + 9 * coefficient);
  return mask;
}

/// The same noise in every run; no FF, which would have to be followed by a stuffed zero.
std::string noise(std::size_t blocks) {
  const auto mask = value_bits();
  std::mt19937_64 random(blocks);  // NOLINT(cert-msc51-cpp): noise, no secret
  std::string bytes(blocks * kBlock, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto value = static_cast<std::uint8_t>(random() & mask.at(i % kBlock));
    bytes[i] = static_cast<char>(value == 0xFF ? 0xFE : value);
  }
  return bytes;
}

}  // namespace

Picture::Picture(std::size_t bytes) {
  if (bytes < kSmallest || bytes > kLargest) {
    throw std::invalid_argument("a picture has 1 KB to 50 MB");
  }
  const std::string_view end = "\xFF\xD9";
  const auto fixed = head(std::string(kIdentity, ' ')).size() + tables().size() +
                     frame_header(8, 8).size() + scan_header().size() + end.size() +
                     segment('\xFE', "").size();
  const auto blocks = (bytes - fixed) / kBlock;
  const auto width = static_cast<std::size_t>(std::sqrt(static_cast<double>(blocks)));
  const auto height = blocks / width;
  // What is no whole row of blocks is a comment.
  const std::string padding(bytes - fixed - width * height * kBlock, ' ');
  rest_ = tables() + frame_header(8 * width, 8 * height) + segment('\xFE', padding) +
          scan_header() + noise(width * height) + std::string(end);
}

std::string Picture::head(std::string_view identity) {
  if (identity.size() != kIdentity) throw std::invalid_argument("an identity has 32 characters");
  return "\xFF\xD8" + segment('\xFE', identity);
}

std::size_t Picture::size() const { return 2 + 4 + kIdentity + rest_.size(); }

}  // namespace pixelvault::bench
