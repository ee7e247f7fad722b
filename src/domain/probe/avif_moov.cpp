#include <algorithm>
#include <optional>

#include "domain/probe/avif_boxes.hpp"
#include "domain/probe/failures.hpp"
#include "domain/probe/iso_boxes.hpp"

namespace pixelvault::domain::probe {
namespace {

std::unexpected<Error> damaged(const std::string& what) {
  return invalid("The AVIF sequence " + what + "; export it again.");
}

std::optional<base::ByteView> find_within(std::optional<base::ByteView> box, std::uint32_t type) {
  return box ? find_box(*box, type) : std::nullopt;
}

bool shows_pictures(base::ByteView media) {
  const auto handler = find_box(media, fourcc("hdlr"));
  if (!handler) return false;
  ByteCursor cursor(*handler);
  (void)cursor.u64();  // version, flags and a field that is always zero
  const auto type = cursor.u32();
  return type == fourcc("pict") || type == fourcc("vide");
}

/// `mdia` of the first track with pictures.
std::optional<base::ByteView> picture_media(base::ByteView moov) {
  ByteCursor cursor(moov);
  while (const auto box = next_box(cursor)) {
    if (box->type != fourcc("trak")) continue;
    const auto media = find_box(box->body, fourcc("mdia"));
    if (media && shows_pictures(*media)) return media;
  }
  return std::nullopt;
}

/// Width and height of the first visual sample entry (ISO/IEC 14496-12 §12.1.3).
Result<ImageFacts> read_size(base::ByteView sample_table, const ProbeLimits& limits) {
  const auto stsd = find_box(sample_table, fourcc("stsd"));
  if (!stsd) return damaged("does not describe its frames (stsd)");
  ByteCursor cursor(*stsd);
  (void)cursor.u64();  // version, flags, number of entries
  const auto entry = next_box(cursor);
  ByteCursor fields(entry ? entry->body : base::ByteView());
  (void)fields.take(24);
  const std::uint32_t width = fields.u16();
  const std::uint32_t height = fields.u16();
  if (!fields.ok()) return damaged("does not say how large its frames are (stsd)");
  if (auto checked = check_size(limits, width, height); !checked) return fail(checked.error());
  return ImageFacts{.width = width, .height = height, .frames = 0};
}

Result<std::uint32_t> read_frames(base::ByteView sample_table, const ProbeLimits& limits) {
  const auto stsz = find_box(sample_table, fourcc("stsz"));
  const auto sizes = stsz ? stsz : find_box(sample_table, fourcc("stz2"));
  if (!sizes) return damaged("does not count its frames (stsz)");
  ByteCursor cursor(*sizes);
  (void)cursor.u64();  // version, flags, and the common or the field size
  const auto count = cursor.u32();
  if (!cursor.ok() || count == 0) return damaged("has no frames");
  if (auto checked = check_frames(limits, count); !checked) return fail(checked.error());
  return count;
}

/// The file must reach beyond the start of every chunk of samples (§8.7.5); 0 when there is none.
std::uint64_t chunks_end(base::ByteView sample_table) {
  const auto stco = find_box(sample_table, fourcc("stco"));
  const auto offsets = stco ? stco : find_box(sample_table, fourcc("co64"));
  if (!offsets) return 0;
  ByteCursor cursor(*offsets);
  (void)full_box_header(cursor);
  std::uint64_t last = 0;
  for (auto count = cursor.u32(); count > 0 && cursor.ok(); --count) {
    last = std::max(last, cursor.big(stco ? 4 : 8));
  }
  return last == 0 ? 0 : std::max(last, last + 1);
}

}  // namespace

Result<AvifFacts> read_avif_moov(base::ByteView body, const ProbeLimits& limits) {
  const auto media = picture_media(body);
  const auto table = find_within(find_within(media, fourcc("minf")), fourcc("stbl"));
  if (!table) return damaged("has no picture track");
  auto image = read_size(*table, limits);
  if (!image) return fail(image.error());
  const auto frames = read_frames(*table, limits);
  if (!frames) return fail(frames.error());
  image->frames = *frames;
  return AvifFacts{.image = *image, .data_end = chunks_end(*table)};
}

}  // namespace pixelvault::domain::probe
