// JPEG (ITU-T T.81 Annex B): markers with segments, scans of entropy-coded data between them. In
// that data FF is always followed by 00 or RSTn, so "the next FF and what follows it" walks through
// both, as decoders do that pass over stray bytes between segments.
#include "domain/probe/byte_cursor.hpp"
#include "domain/probe/failures.hpp"
#include "domain/probe/formats.hpp"
#include "domain/probe/stepped_probe.hpp"

namespace pixelvault::domain::probe {
namespace {

constexpr std::uint8_t kStuffing = 0x00;
constexpr std::uint8_t kTem = 0x01;
constexpr std::uint8_t kDht = 0xC4;
constexpr std::uint8_t kJpg = 0xC8;
constexpr std::uint8_t kDac = 0xCC;
constexpr std::uint8_t kRst0 = 0xD0;
constexpr std::uint8_t kRst7 = 0xD7;
constexpr std::uint8_t kSoi = 0xD8;
constexpr std::uint8_t kEoi = 0xD9;
constexpr std::uint8_t kSos = 0xDA;
constexpr std::uint8_t kFill = 0xFF;

bool is_frame_header(std::uint8_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != kDht && marker != kJpg && marker != kDac;
}

bool stands_alone(std::uint8_t marker) {
  return marker == kStuffing || marker == kTem || (marker >= kRst0 && marker <= kRst7);
}

class JpegProbe : public SteppedProbe<JpegProbe> {
 public:
  explicit JpegProbe(const ProbeLimits& limits) : limits_(limits) {
    begin(3, &JpegProbe::on_start);
  }

  Result<ImageFacts> finish() override {
    if (!ignoring_rest()) return cut_short("JPEG", "end marker (EOI)");
    return facts_;
  }

 private:
  Result<void> on_start(base::ByteView block) {
    if (ByteCursor(block).big(3) != 0xFFD8FF) return invalid("This file is no JPEG.");
    return read(1, &JpegProbe::on_marker);
  }

  Result<void> next_marker() {
    skip_past(std::byte{0xFF});
    return read(1, &JpegProbe::on_marker);
  }

  Result<void> on_marker(base::ByteView block) {
    marker_ = ByteCursor(block).u8();
    if (marker_ == kFill) return read(1, &JpegProbe::on_marker);
    if (stands_alone(marker_)) return next_marker();
    if (marker_ == kEoi) return end_of_image();
    if (marker_ == kSoi) {
      return invalid(
          "The JPEG begins a second picture before its first one ends; export it again.");
    }
    if (marker_ == kSos && facts_.width == 0) {
      return invalid("The JPEG has a scan before its frame header; export it again.");
    }
    scans_ = scans_ || marker_ == kSos;
    return read(2, &JpegProbe::on_length);
  }

  Result<void> on_length(base::ByteView block) {
    length_ = ByteCursor(block).u16();
    if (length_ < 2)
      return invalid("The JPEG has a segment of impossible length; export it again.");
    if (is_frame_header(marker_)) return read(6, &JpegProbe::on_frame_header);
    skip(length_ - 2U);
    return next_marker();
  }

  Result<void> on_frame_header(base::ByteView block) {
    ByteCursor header(block.subspan(1));  // after the precision
    const auto height = header.u16();
    const auto width = header.u16();
    const unsigned components = header.u8();
    if (facts_.width != 0 || components == 0 || length_ != 8 + 3 * components) {
      return invalid("The JPEG's frame header is damaged; export it again.");
    }
    // A height of zero would be told by a DNL segment after the first scan; nobody writes that.
    if (auto size = check_size(limits_, width, height); !size) return size;
    facts_ = {.width = width, .height = height};
    skip(std::uint64_t{3} * components);
    return next_marker();
  }

  Result<void> end_of_image() {
    if (!scans_) return invalid("The JPEG holds no picture data; export it again.");
    ignore_rest();  // previews and gain maps may follow as further JPEGs (CIPA DC-007)
    return {};
  }

  ProbeLimits limits_;
  ImageFacts facts_;
  std::uint8_t marker_ = 0;
  std::uint32_t length_ = 0;
  bool scans_ = false;
};

}  // namespace

std::unique_ptr<Probe> make_jpeg_probe(const ProbeLimits& limits) {
  return std::make_unique<JpegProbe>(limits);
}

}  // namespace pixelvault::domain::probe
