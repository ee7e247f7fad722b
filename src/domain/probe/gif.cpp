// GIF87a and GIF89a: a logical screen, then extensions and images whose data come in sub-blocks of
// at most 255 bytes, then a trailer.
#include "domain/probe/byte_cursor.hpp"
#include "domain/probe/failures.hpp"
#include "domain/probe/formats.hpp"
#include "domain/probe/stepped_probe.hpp"

namespace pixelvault::domain::probe {
namespace {

/// Bytes of the colour table that a packed field announces; 0 when there is none.
std::uint64_t colour_table_bytes(unsigned packed) {
  return (packed & 0x80U) != 0 ? 3ULL << ((packed & 7U) + 1) : 0;
}

class GifProbe : public SteppedProbe<GifProbe> {
 public:
  explicit GifProbe(const ProbeLimits& limits) : limits_(limits) {
    begin(13, &GifProbe::on_screen);
  }

  Result<ImageFacts> finish() override {
    if (!ignoring_rest()) return cut_short("GIF", "trailer");
    return facts_;
  }

 private:
  Result<void> on_screen(base::ByteView block) {
    const auto signature = base::as_text(block.first(6));
    if (signature != "GIF87a" && signature != "GIF89a") return invalid("This file is no GIF.");
    ByteCursor screen(block.subspan(6));
    facts_ = {.width = screen.u16_little(), .height = screen.u16_little(), .frames = 0};
    if (!takes_first_frames_size()) {
      if (auto size = check_size(limits_, facts_.width, facts_.height); !size) return size;
    }
    skip(colour_table_bytes(screen.u8()));
    return next_block();
  }

  bool takes_first_frames_size() const { return facts_.width == 0 || facts_.height == 0; }

  Result<void> next_block() { return read(1, &GifProbe::on_block); }

  Result<void> on_block(base::ByteView block) {
    switch (ByteCursor(block).u8()) {
      case 0x21:
        return read(1, &GifProbe::on_extension);
      case 0x2C:
        return read(9, &GifProbe::on_image);
      case 0x3B:
        return on_trailer();
      default:
        return invalid("The GIF is damaged between its frames; export it again.");
    }
  }

  Result<void> on_extension(base::ByteView) { return read(1, &GifProbe::on_sub_block); }

  Result<void> on_image(base::ByteView block) {
    ByteCursor image(block.subspan(4));  // after its place on the screen
    const std::uint32_t width = image.u16_little();
    const std::uint32_t height = image.u16_little();
    if (auto size = check_size(limits_, width, height); !size) return size;
    if (auto frames = check_frames(limits_, ++facts_.frames); !frames) return frames;
    if (takes_first_frames_size()) {
      facts_.width = width;
      facts_.height = height;
    }
    skip(colour_table_bytes(image.u8()));
    return read(1, &GifProbe::on_code_size);
  }

  Result<void> on_code_size(base::ByteView) { return read(1, &GifProbe::on_sub_block); }

  Result<void> on_sub_block(base::ByteView block) {
    const auto length = ByteCursor(block).u8();
    if (length == 0) return next_block();
    skip(length);
    return read(1, &GifProbe::on_sub_block);
  }

  Result<void> on_trailer() {
    if (facts_.frames == 0) return invalid("The GIF holds no picture; export it again.");
    ignore_rest();
    return {};
  }

  ProbeLimits limits_;
  ImageFacts facts_;
};

}  // namespace

std::unique_ptr<Probe> make_gif_probe(const ProbeLimits& limits) {
  return std::make_unique<GifProbe>(limits);
}

}  // namespace pixelvault::domain::probe
