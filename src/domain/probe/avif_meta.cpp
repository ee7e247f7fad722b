#include <algorithm>
#include <optional>
#include <vector>

#include "domain/probe/avif_boxes.hpp"
#include "domain/probe/failures.hpp"
#include "domain/probe/iso_boxes.hpp"

namespace pixelvault::domain::probe {
namespace {

std::unexpected<Error> damaged(const std::string& what) {
  return invalid("The AVIF " + what + "; export it again.");
}

std::optional<std::uint32_t> primary_item(base::ByteView meta) {
  const auto pitm = find_box(meta, fourcc("pitm"));
  if (!pitm) return std::nullopt;
  ByteCursor cursor(*pitm);
  const auto item = full_box_header(cursor).version == 0 ? cursor.u16() : cursor.u32();
  return cursor.ok() ? std::optional(item) : std::nullopt;
}

struct Size {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
};

Size read_ispe(base::ByteView body) {
  ByteCursor cursor(body);
  (void)full_box_header(cursor);
  Size size{.width = cursor.u32()};
  size.height = cursor.u32();
  return cursor.ok() ? size : Size{};
}

/// The size that each property gives, none for those of other kinds. Indices into the list begin
/// at 1 in the file (ISO/IEC 23008-12 §9.3).
Result<std::vector<Size>> read_sizes(base::ByteView properties, const ProbeLimits& limits) {
  std::vector<Size> sizes;
  ByteCursor cursor(properties);
  while (const auto box = next_box(cursor)) {
    sizes.emplace_back();
    if (box->type != fourcc("ispe")) continue;
    const auto size = read_ispe(box->body);
    if (auto checked = check_size(limits, size.width, size.height); !checked) {
      return fail(checked.error());
    }
    sizes.back() = size;
  }
  return sizes;
}

/// Looks through one `ipma` box for the size of `item`.
std::optional<Size> associated_size(base::ByteView ipma, std::uint32_t item,
                                    const std::vector<Size>& sizes) {
  ByteCursor cursor(ipma);
  const auto header = full_box_header(cursor);
  const bool wide = (header.flags & 1) != 0;
  for (auto entries = cursor.u32(); entries > 0 && cursor.ok(); --entries) {
    const std::uint32_t id = header.version == 0 ? cursor.u16() : cursor.u32();
    for (unsigned count = cursor.u8(); count > 0 && cursor.ok(); --count) {
      const std::uint32_t index = wide ? cursor.u16() & 0x7FFFU : cursor.u8() & 0x7FU;
      if (id != item || index == 0 || index > sizes.size()) continue;
      if (const auto size = sizes[index - 1]; size.width != 0) return size;
    }
  }
  return std::nullopt;
}

std::optional<Size> primary_size(base::ByteView iprp, std::uint32_t item,
                                 const std::vector<Size>& sizes) {
  ByteCursor cursor(iprp);
  while (const auto box = next_box(cursor)) {
    if (box->type != fourcc("ipma")) continue;
    if (const auto size = associated_size(box->body, item, sizes)) return size;
  }
  return std::nullopt;
}

/// Item locations (ISO/IEC 14496-12 §8.11.3).
class Locations {
 public:
  explicit Locations(base::ByteView iloc) : cursor_(iloc) {
    version_ = full_box_header(cursor_).version;
    const auto sizes = cursor_.u16();
    offset_bytes_ = sizes >> 12;
    length_bytes_ = (sizes >> 8) & 0xF;
    base_bytes_ = (sizes >> 4) & 0xF;
    index_bytes_ = version_ == 0 ? 0 : sizes & 0xF;
  }

  /// The furthest byte that any item in the file needs; nothing when the box is damaged or does
  /// not tell where `item` is.
  std::optional<std::uint64_t> data_end(std::uint32_t item) {
    const auto widest = std::max({offset_bytes_, length_bytes_, base_bytes_, index_bytes_});
    if (version_ > 2 || widest > 8) return std::nullopt;
    for (auto items = wide_or_short(); items > 0 && cursor_.ok(); --items) read_item(item);
    return found_ && cursor_.ok() && !overflow_ ? std::optional(end_) : std::nullopt;
  }

 private:
  std::uint32_t wide_or_short() { return version_ < 2 ? cursor_.u16() : cursor_.u32(); }

  void read_item(std::uint32_t wanted) {
    const auto id = wide_or_short();
    const unsigned method = version_ == 0 ? 0 : cursor_.u16() & 0xFU;
    const bool in_this_file = cursor_.u16() == 0 && method == 0;
    const auto base = cursor_.big(base_bytes_);
    const auto extents = cursor_.u16();
    found_ = found_ || (id == wanted && extents > 0);
    // An extent of no bytes says nothing, and could be repeated without end.
    if (offset_bytes_ + length_bytes_ + index_bytes_ == 0) return;
    for (unsigned i = 0; i < extents && cursor_.ok(); ++i) read_extent(base, in_this_file);
  }

  void read_extent(std::uint64_t base, bool in_this_file) {
    (void)cursor_.big(index_bytes_);
    const auto offset = cursor_.big(offset_bytes_);
    const auto length = cursor_.big(length_bytes_);
    if (!in_this_file) return;
    const auto start = base + offset;
    const auto end = start + length;
    overflow_ = overflow_ || start < base || end < start;
    end_ = std::max(end_, end);
  }

  ByteCursor cursor_;
  std::uint8_t version_ = 0;
  unsigned offset_bytes_ = 0;
  unsigned length_bytes_ = 0;
  unsigned base_bytes_ = 0;
  unsigned index_bytes_ = 0;
  std::uint64_t end_ = 0;
  bool found_ = false;
  bool overflow_ = false;
};

}  // namespace

Result<AvifFacts> read_avif_meta(base::ByteView body, const ProbeLimits& limits) {
  constexpr std::size_t kVersionAndFlags = 4;
  if (body.size() < kVersionAndFlags) return damaged("has an empty meta box");
  const auto meta = body.subspan(kVersionAndFlags);
  const auto item = primary_item(meta);
  if (!item) return damaged("does not say which of its items is the picture (pitm)");
  const auto iprp = find_box(meta, fourcc("iprp"));
  const auto ipco = iprp ? find_box(*iprp, fourcc("ipco")) : std::nullopt;
  if (!ipco) return damaged("has no item properties (iprp)");
  const auto sizes = read_sizes(*ipco, limits);
  if (!sizes) return fail(sizes.error());
  const auto size = primary_size(*iprp, *item, *sizes);
  if (!size) return damaged("does not say how large its picture is (ispe)");
  const auto iloc = find_box(meta, fourcc("iloc"));
  const auto end = iloc ? Locations(*iloc).data_end(*item) : std::nullopt;
  if (!end) return damaged("does not say where its picture is (iloc)");
  return AvifFacts{.image = {.width = size->width, .height = size->height, .frames = 1},
                   .data_end = *end};
}

}  // namespace pixelvault::domain::probe
