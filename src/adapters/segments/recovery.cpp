#include "adapters/segments/recovery.hpp"

#include <algorithm>
#include <vector>

#include "adapters/posix/extent_calls.hpp"
#include "adapters/posix/file_calls.hpp"
#include "adapters/segments/segment_reader.hpp"
#include "base/log.hpp"

namespace pixelvault::adapters::segments {

using namespace posix;  // the system calls

namespace {

struct Tail {
  std::uint64_t settled = 0;    ///< where the last batch begins: all in front of it was synced
  std::vector<Record> records;  ///< of the last batch
};

/// Reads the heads of all records, no payload.
Tail find_tail(const SegmentReader& reader) {
  Tail tail;
  std::uint64_t end = 0;
  for (auto record = reader.next(end); record; record = reader.next(end)) {
    end = record->end();
    if (record->batch != tail.settled) tail = {.settled = record->batch, .records = {}};
    tail.records.push_back(*std::move(record));
  }
  return tail;
}

/// Nobody was told of a batch with a torn record, so that none of it is missed. What is whole stays
/// all the same, for the case that it was torn later.
std::uint64_t settle(const base::UniqueFd& file, const SegmentReader& reader, const Tail& tail) {
  std::uint64_t end = tail.settled;
  for (const Record& record : tail.records) {
    if (record.removed || reader.is_intact(record)) {
      end = record.end();
    } else {
      mark_removed(file, record);
    }
  }
  return end;
}

}  // namespace

void recover_segments(SegmentFolder& folder) {
  for (const auto& entry : folder.list()) {
    if (entry.finished) continue;
    if (const auto segment = folder.claim(entry.number)) recover_segment(folder, *segment);
  }
}

void recover_segment(SegmentFolder& folder, const OwnedSegment& segment) {
  const SegmentReader reader(segment.file);
  const Tail tail = find_tail(reader);
  const std::uint64_t end = settle(segment.file, reader, tail);
  if (end <= kFirstRecord) return folder.remove(segment.number);
  spdlog::info("segment {} was not finished: {} of {} bytes are kept", segment.number, end,
               file_size(segment.file));
  truncate_file(segment.file, end);
  folder.finish(segment);
}

}  // namespace pixelvault::adapters::segments
