// Reads the records of one segment, in order, whoever wrote or writes it. Belongs to one thread at
// a time; calls block.
#pragma once

#include <cstdint>
#include <optional>

#include "adapters/segments/record.hpp"
#include "base/unique_fd.hpp"

namespace pixelvault::adapters::segments {

class SegmentReader {
 public:
  /// `file` outlives the reader. A file without a segment's header has no records.
  explicit SegmentReader(const base::UniqueFd& file);

  /// Whether the file begins as a segment does.
  bool is_segment() const { return header_.has_value(); }

  /// The record that begins exactly there; nothing when none does.
  std::optional<Record> at(std::uint64_t offset) const;
  /// The first record at or behind `offset`. Looks past what is torn or damaged, so that one bad
  /// record does not hide those behind it.
  std::optional<Record> next(std::uint64_t offset) const;
  /// Whether the payload is what was written. Reads all of it.
  bool is_intact(const Record& record) const;

 private:
  std::optional<Record> search(std::uint64_t offset) const;

  const base::UniqueFd& file_;
  std::optional<SegmentHeader> header_;
};

/// Makes a record a removed one, durably, by one byte. `file` must be open for this alone: another
/// user of the same open file could be told of a failed sync in place of this call.
void mark_removed(const base::UniqueFd& file, const Record& record);

}  // namespace pixelvault::adapters::segments
