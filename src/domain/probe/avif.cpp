// AVIF (AV1 Image File Format over ISO/IEC 14496-12 and 23008-12): a walk over the boxes of the
// file. `ftyp`, `meta` and `moov` are gathered, at most 1 MiB each; everything else is passed over.
#include <optional>

#include "domain/probe/avif_boxes.hpp"
#include "domain/probe/failures.hpp"
#include "domain/probe/formats.hpp"
#include "domain/probe/iso_boxes.hpp"
#include "domain/probe/stepped_probe.hpp"

namespace pixelvault::domain::probe {
namespace {

constexpr std::uint64_t kMaxGathered = 1 << 20;

class AvifProbe : public SteppedProbe<AvifProbe> {
 public:
  explicit AvifProbe(const ProbeLimits& limits) : limits_(limits) {
    begin(8, &AvifProbe::on_box_header);
  }

  Result<ImageFacts> finish() override {
    const bool whole = between_blocks() && awaiting(&AvifProbe::on_box_header);
    if (!whole && !ignoring_rest()) return cut_short("AVIF", "last box");
    if (!facts_) return invalid("The AVIF describes no picture (meta box); export it again.");
    if (data_end_ > bytes_seen()) return cut_short("AVIF", "picture data");
    return *facts_;
  }

 private:
  Result<void> on_box_header(base::ByteView block) {
    ByteCursor header(block);
    const std::uint64_t size = header.u32();
    type_ = header.u32();
    if (!has_brands_ && type_ != fourcc("ftyp")) return invalid("This file is no AVIF.");
    if (size == 1) return read(8, &AvifProbe::on_large_size);
    if (size == 0) return on_last_box();
    return on_box(size, 8);
  }

  Result<void> on_large_size(base::ByteView block) { return on_box(ByteCursor(block).u64(), 16); }

  Result<void> on_last_box() {
    if (is_gathered()) {
      return invalid("The AVIF does not say how long its description is; export it again.");
    }
    ignore_rest();
    return {};
  }

  Result<void> on_box(std::uint64_t size, std::uint64_t header) {
    if (size < header) return invalid("The AVIF has a box of impossible size; export it again.");
    const auto body = size - header;
    if (!is_gathered()) {
      skip(body);
      return read(8, &AvifProbe::on_box_header);
    }
    if (body == 0) return invalid("The AVIF has an empty description; export it again.");
    if (body > kMaxGathered) {
      return too_complex("The AVIF's description has too many bytes", kMaxGathered, body);
    }
    return read(static_cast<std::size_t>(body), &AvifProbe::on_body);
  }

  /// A file that is a sequence first is described by `moov` alone.
  bool is_gathered() const {
    if (type_ == fourcc("ftyp")) return !has_brands_;
    if (type_ == fourcc("moov")) return is_sequence_;
    return type_ == fourcc("meta") && !is_sequence_;
  }

  Result<void> on_body(base::ByteView body) {
    if (type_ == fourcc("ftyp")) return on_brands(body);
    if (facts_) return invalid("The AVIF describes its picture twice; export it again.");
    const auto read_facts = type_ == fourcc("meta") ? read_avif_meta : read_avif_moov;
    const auto found = read_facts(body, limits_);
    if (!found) return fail(found.error());
    facts_ = found->image;
    data_end_ = found->data_end;
    return read(8, &AvifProbe::on_box_header);
  }

  Result<void> on_brands(base::ByteView body) {
    const auto major = ByteCursor(body).u32();
    is_sequence_ = major == fourcc("avis") || major == fourcc("msf1");
    has_brands_ = true;
    return read(8, &AvifProbe::on_box_header);
  }

  ProbeLimits limits_;
  std::optional<ImageFacts> facts_;
  std::uint64_t data_end_ = 0;
  std::uint32_t type_ = 0;
  bool has_brands_ = false;
  bool is_sequence_ = false;
};

}  // namespace

std::unique_ptr<Probe> make_avif_probe(const ProbeLimits& limits) {
  return std::make_unique<AvifProbe>(limits);
}

}  // namespace pixelvault::domain::probe
