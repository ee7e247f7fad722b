// The segment that is being written: blobs in batches, each durable with one sync. Belongs to one
// thread; calls block.
#pragma once

#include <cstdint>
#include <span>

#include "adapters/segments/blob_buffer.hpp"
#include "adapters/segments/record.hpp"
#include "adapters/segments/segment_folder.hpp"
#include "ports/random_source.hpp"

namespace pixelvault::adapters::segments {

/// A blob and its record, of which `append` fills in the place.
struct PendingBlob {
  Record record;
  const BlobBuffer& bytes;
};

/// The header of a new segment, written at its beginning. Returns the segment's identity.
std::uint64_t write_identity(const base::UniqueFd& file, ports::RandomSource& random);

class SegmentWriter {
 public:
  struct Options {
    std::uint64_t bytes = 0;  ///< wanted for the segment
    std::uint64_t need = 0;   ///< without which it is of no use
  };

  /// A new segment with its space reserved: less than wanted on a disk that is nearly full.
  /// `folder` outlives the writer.
  SegmentWriter(SegmentFolder& folder, ports::RandomSource& random, const Options& options);
  SegmentWriter(const SegmentWriter&) = delete;
  SegmentWriter& operator=(const SegmentWriter&) = delete;
  /// Cuts what is unused, or was never acknowledged, and finishes the segment. Where that fails it
  /// stays unfinished, for the next start.
  ~SegmentWriter();

  /// The size of a segment in which such a blob is alone.
  static std::uint64_t bytes_for(const PendingBlob& blob);
  /// How many of `batch`, from its first on, have room.
  std::size_t count_fitting(std::span<PendingBlob* const> batch) const;
  /// Returns when all of `batch` is on stable storage, and the segment's name with it. When it
  /// throws nothing of the batch counts, and the writer must not be used again.
  void append(std::span<PendingBlob* const> batch);

  std::uint32_t number() const { return segment_.number; }

 private:
  void reserve(const Options& options);
  void finish();

  SegmentFolder& folder_;
  OwnedSegment segment_;
  std::uint64_t identity_ = 0;
  std::uint64_t size_ = 0;            // reserved
  std::uint64_t end_ = kFirstRecord;  // of what was acknowledged
  bool named_ = false;                // durably
};

}  // namespace pixelvault::adapters::segments
