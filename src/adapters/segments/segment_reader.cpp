#include "adapters/segments/segment_reader.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "adapters/posix/extent_calls.hpp"
#include "adapters/posix/file_calls.hpp"
#include "adapters/segments/crc32c.hpp"
#include "adapters/segments/syncs.hpp"

namespace pixelvault::adapters::segments {

using namespace posix;  // the system calls

namespace {

constexpr std::size_t kChunkBytes = 256UL * 1024;

std::optional<SegmentHeader> read_header(const base::UniqueFd& file) {
  std::array<std::byte, kSegmentHeaderBytes> bytes{};
  return decode_segment_header(std::span(bytes).first(read_some(file, bytes, 0)));
}

}  // namespace

SegmentReader::SegmentReader(const base::UniqueFd& file)
    : file_(file), header_(read_header(file)) {}

std::optional<Record> SegmentReader::at(std::uint64_t offset) const {
  if (!header_) return std::nullopt;
  std::array<std::byte, kMaxHeadBytes> bytes{};
  const std::size_t got = read_some(file_, bytes, offset);
  return decode_head(std::span(bytes).first(got), header_->identity, offset);
}

std::optional<Record> SegmentReader::next(std::uint64_t offset) const {
  offset = std::max(offset, kFirstRecord);
  if (auto record = at(offset)) return record;
  // Where a batch ended the next one begins with a page.
  if (auto record = at(align_up(offset, kBatchAlignment))) return record;
  return header_ ? search(offset) : std::nullopt;
}

std::optional<Record> SegmentReader::search(std::uint64_t offset) const {
  std::vector<std::byte> chunk(kChunkBytes);
  offset = align_up(offset, kRecordAlignment);
  while (const auto data = find_data(file_, offset)) {
    offset = std::max(offset, *data / kRecordAlignment * kRecordAlignment);
    const auto bytes = std::span(chunk).first(read_some(file_, chunk, offset));
    if (bytes.empty()) return std::nullopt;
    for (std::size_t i = 0; i < bytes.size(); i += kRecordAlignment) {
      if (!looks_like_head(bytes.subspan(i))) continue;
      if (auto record = at(offset + i)) return record;
    }
    offset += kChunkBytes;
  }
  return std::nullopt;
}

bool SegmentReader::is_intact(const Record& record) const {
  std::vector<std::byte> chunk(std::min<std::uint64_t>(record.payload_bytes, kChunkBytes));
  std::uint32_t crc = 0;
  for (std::uint64_t done = 0; done < record.payload_bytes;) {
    const auto piece =
        std::span(chunk).first(std::min<std::uint64_t>(chunk.size(), record.payload_bytes - done));
    if (read_some(file_, piece, record.payload() + done) < piece.size()) return false;
    crc = crc32c(piece, crc);
    done += piece.size();
  }
  return crc == record.payload_crc;
}

void mark_removed(const base::UniqueFd& file, const Record& record) {
  // Written even where it stands already: an earlier sync may have failed and dropped it.
  write_at(file, std::span(&kRemoved, 1), record.offset + kStateOffset);
  syncs().data(file);
}

}  // namespace pixelvault::adapters::segments
