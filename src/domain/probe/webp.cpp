// WebP (RFC 9649): a RIFF container with either one simple bitstream (VP8, VP8L) or an extended
// header (VP8X) that is followed by one bitstream or by animation frames (ANMF).
#include <algorithm>
#include <utility>

#include "domain/probe/byte_cursor.hpp"
#include "domain/probe/failures.hpp"
#include "domain/probe/formats.hpp"
#include "domain/probe/stepped_probe.hpp"

namespace pixelvault::domain::probe {
namespace {

constexpr std::uint64_t kChunkHeader = 8;
constexpr std::uint8_t kAnimationFlag = 0x02;

consteval std::uint32_t tag(const char (&name)[5]) {
  std::uint32_t value = 0;
  for (int i = 3; i >= 0; --i) value = (value << 8) | static_cast<std::uint8_t>(name[i]);
  return value;
}

std::unexpected<Error> damaged(const std::string& what) {
  return invalid("The WebP's " + what + " is damaged; export it again.");
}

class WebpProbe : public SteppedProbe<WebpProbe> {
 public:
  explicit WebpProbe(const ProbeLimits& limits) : limits_(limits) {
    facts_.frames = 0;
    begin(12, &WebpProbe::on_riff);
  }

  Result<ImageFacts> finish() override {
    if (!ignoring_rest()) return cut_short("WebP", "last chunk");
    return facts_;
  }

 private:
  Result<void> on_riff(base::ByteView block) {
    ByteCursor riff(block);
    const bool is_riff = riff.u32_little() == tag("RIFF");
    left_ = riff.u32_little();
    if (!is_riff || riff.u32_little() != tag("WEBP")) return invalid("This file is no WebP.");
    if (left_ < 4 + kChunkHeader) return damaged("size");
    left_ -= 4;
    return next_chunk();
  }

  Result<void> next_chunk() {
    if (left_ == 0) return on_end();
    if (left_ < kChunkHeader) return pass(std::exchange(left_, 0));  // no chunk fits: padding
    return read(kChunkHeader, &WebpProbe::on_chunk);
  }

  /// Passes over the rest of a chunk, to its last byte: only then is the chunk whole.
  Result<void> pass(std::uint64_t size) {
    if (size == 0) return next_chunk();
    skip(size - 1);
    return read(1, &WebpProbe::on_passed);
  }

  Result<void> on_passed(base::ByteView) { return next_chunk(); }

  Result<void> on_chunk(base::ByteView block) {
    ByteCursor header(block);
    const auto type = header.u32_little();
    const std::uint64_t size = header.u32_little();
    left_ -= kChunkHeader;
    if (size > left_) return damaged("size of a chunk");
    // Chunks have even sizes (§2.3); some writers leave out the last padding byte.
    chunk_left_ = std::min(size + (size & 1), left_);
    left_ -= chunk_left_;
    return on_chunk_of(type);
  }

  Result<void> on_chunk_of(std::uint32_t type) {
    const bool is_first = std::exchange(first_chunk_, false);
    if (type == tag("VP8 ")) return payload(10, &WebpProbe::on_lossy);
    if (type == tag("VP8L")) return payload(5, &WebpProbe::on_lossless);
    if (is_first && type == tag("VP8X")) return payload(10, &WebpProbe::on_extended);
    if (is_first) return damaged("header");
    if (type == tag("ANMF") && animated_) return payload(16, &WebpProbe::on_frame);
    return pass(chunk_left_);
  }

  /// The first bytes of a chunk's payload.
  Result<void> payload(std::uint64_t size, Step step) {
    if (chunk_left_ < size) return damaged("picture header");
    chunk_left_ -= size;
    return read(static_cast<std::size_t>(size), step);
  }

  Result<void> on_extended(base::ByteView block) {  // §2.7
    ByteCursor header(block);
    animated_ = (header.u32_little() & kAnimationFlag) != 0;
    const auto width = header.u24_little() + 1;
    const auto height = header.u24_little() + 1;
    return on_canvas(width, height);
  }

  Result<void> on_canvas(std::uint32_t width, std::uint32_t height) {
    if (auto size = check_size(limits_, width, height); !size) return size;
    facts_.width = width;
    facts_.height = height;
    return pass(chunk_left_);
  }

  Result<void> on_lossy(base::ByteView block) {  // RFC 6386 §9.1
    ByteCursor header(block);
    const bool is_key_frame = (header.u24_little() & 1) == 0;
    if (!is_key_frame || header.big(3) != 0x9D012A) return damaged("picture header");
    const std::uint32_t width = header.u16_little() & 0x3FFFU;
    const std::uint32_t height = header.u16_little() & 0x3FFFU;
    return on_bitstream(width, height);
  }

  Result<void> on_lossless(base::ByteView block) {  // RFC 9649 §3.4
    ByteCursor header(block);
    if (header.u8() != 0x2F) return damaged("picture header");
    const auto bits = header.u32_little();
    if (bits >> 29 != 0) return damaged("picture header");
    return on_bitstream((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1);
  }

  Result<void> on_bitstream(std::uint32_t width, std::uint32_t height) {
    if (animated_) return pass(chunk_left_);  // pictures of an animation stand inside its frames
    const bool fits = facts_.width == 0 || (facts_.width == width && facts_.height == height);
    if (!fits) {
      return invalid("The WebP's picture has another size than its header says; export it again.");
    }
    facts_.frames = 1;
    return on_canvas(width, height);
  }

  Result<void> on_frame(base::ByteView block) {  // §2.7.1.1
    ByteCursor frame(block);
    const auto x = std::uint64_t{frame.u24_little()} * 2;
    const auto y = std::uint64_t{frame.u24_little()} * 2;
    const auto right = x + frame.u24_little() + 1;
    const auto bottom = y + frame.u24_little() + 1;
    if (right > facts_.width || bottom > facts_.height) {
      return invalid("The WebP has a frame outside of its canvas; export it again.");
    }
    if (auto frames = check_frames(limits_, ++facts_.frames); !frames) return frames;
    return pass(chunk_left_);
  }

  Result<void> on_end() {
    if (facts_.frames == 0) return invalid("The WebP holds no picture; export it again.");
    ignore_rest();
    return {};
  }

  ProbeLimits limits_;
  ImageFacts facts_;
  std::uint64_t left_ = 0;        // of the container, after the chunk at hand
  std::uint64_t chunk_left_ = 0;  // of the chunk at hand, with its padding
  bool first_chunk_ = true;
  bool animated_ = false;
};

}  // namespace

std::unique_ptr<Probe> make_webp_probe(const ProbeLimits& limits) {
  return std::make_unique<WebpProbe>(limits);
}

}  // namespace pixelvault::domain::probe
