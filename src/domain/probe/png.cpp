// PNG and APNG (W3C PNG, third edition, §5 and §11): a signature, then chunks of length, type, data
// and CRC. Only the header's CRC is checked, because its numbers are believed.
#include <algorithm>
#include <vector>

#include "base/crc32.hpp"
#include "domain/probe/byte_cursor.hpp"
#include "domain/probe/failures.hpp"
#include "domain/probe/formats.hpp"
#include "domain/probe/stepped_probe.hpp"

namespace pixelvault::domain::probe {
namespace {

constexpr std::uint64_t kSignature = 0x89504E470D0A1A0A;
constexpr std::uint32_t kMaxLength = 0x7FFFFFFF;
constexpr std::size_t kCrcBytes = 4;

consteval std::uint32_t tag(const char (&name)[5]) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) value = (value << 8) | static_cast<std::uint8_t>(name[i]);
  return value;
}

bool is_chunk_type(base::ByteView type) {
  return std::ranges::all_of(type, [](std::byte byte) {
    const auto letter = std::to_integer<unsigned>(byte) | 0x20U;
    return letter >= 'a' && letter <= 'z' && byte < std::byte{0x80};
  });
}

/// Table 12 of §11.2.1.
bool is_pixel_type(unsigned colour_type, unsigned bit_depth) {
  const bool power_of_two = bit_depth != 0 && bit_depth <= 16 && (bit_depth & (bit_depth - 1)) == 0;
  if (!power_of_two) return false;
  if (colour_type == 0) return true;
  if (colour_type == 3) return bit_depth <= 8;
  return (colour_type == 2 || colour_type == 4 || colour_type == 6) && bit_depth >= 8;
}

class PngProbe : public SteppedProbe<PngProbe> {
 public:
  explicit PngProbe(const ProbeLimits& limits) : limits_(limits) {
    begin(8, &PngProbe::on_signature);
  }

  Result<ImageFacts> finish() override {
    if (!ignoring_rest()) return cut_short("PNG", "IEND chunk");
    return facts_;
  }

 private:
  Result<void> on_signature(base::ByteView block) {
    if (ByteCursor(block).u64() != kSignature) return invalid("This file is no PNG.");
    return read(8, &PngProbe::on_chunk_header);
  }

  Result<void> on_chunk_header(base::ByteView block) {
    ByteCursor header(block);
    length_ = header.u32();
    if (length_ > kMaxLength || !is_chunk_type(header.rest())) {
      return invalid("The PNG has a damaged chunk; export it again.");
    }
    return on_chunk(header.u32());
  }

  Result<void> on_chunk(std::uint32_t type) {
    if (facts_.width == 0) {
      if (type != tag("IHDR") || length_ != 13) {
        return invalid("The PNG does not begin with its header (IHDR); export it again.");
      }
      return read(13 + kCrcBytes, &PngProbe::on_header);
    }
    if (type == tag("IEND")) return read(kCrcBytes, &PngProbe::on_end);
    if (type == tag("acTL") && !has_data_) return on_animation_chunk();
    has_data_ = has_data_ || type == tag("IDAT");
    return pass_chunk();
  }

  Result<void> pass_chunk() {
    skip(length_ + kCrcBytes);
    return read(8, &PngProbe::on_chunk_header);
  }

  Result<void> on_header(base::ByteView block) {
    ByteCursor header(block);
    const auto width = header.u32();
    const auto height = header.u32();
    const auto bit_depth = header.u8();
    const auto colour_type = header.u8();
    const auto methods = header.big(2);  // of compression and of filtering
    const auto interlace = header.u8();
    const auto name = base::as_bytes("IHDR");
    std::vector<std::byte> covered(name.begin(), name.end());
    covered.insert(covered.end(), block.begin(), block.begin() + 13);
    if (header.u32() != base::crc32(covered)) {
      return invalid(
          "The PNG's header has a wrong checksum: the file is damaged; upload it again.");
    }
    if (!is_pixel_type(colour_type, bit_depth) || methods != 0 || interlace > 1) {
      return invalid("The PNG's header names a pixel type that does not exist; export it again.");
    }
    if (auto size = check_size(limits_, width, height); !size) return size;
    facts_ = {.width = width, .height = height};
    return read(8, &PngProbe::on_chunk_header);
  }

  Result<void> on_animation_chunk() {
    if (length_ != 8) return invalid("The PNG's animation header is damaged; export it again.");
    return read(8 + kCrcBytes, &PngProbe::on_animation);
  }

  Result<void> on_animation(base::ByteView block) {
    const auto frames = ByteCursor(block).u32();
    if (frames == 0) return invalid("The animated PNG has no frames; export it again.");
    if (auto checked = check_frames(limits_, frames); !checked) return checked;
    facts_.frames = frames;
    return read(8, &PngProbe::on_chunk_header);
  }

  Result<void> on_end(base::ByteView) {
    if (!has_data_) return invalid("The PNG holds no picture data (IDAT); export it again.");
    ignore_rest();
    return {};
  }

  ProbeLimits limits_;
  ImageFacts facts_;
  std::uint32_t length_ = 0;
  bool has_data_ = false;
};

}  // namespace

std::unique_ptr<Probe> make_png_probe(const ProbeLimits& limits) {
  return std::make_unique<PngProbe>(limits);
}

}  // namespace pixelvault::domain::probe
