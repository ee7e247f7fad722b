// A blob that is too large to wait in memory: written as it arrives, into a segment of its own, so
// that it is not copied at its commit. Belongs to one thread at a time; calls block.
#pragma once

#include <cstdint>
#include <string>

#include "adapters/segments/blob_buffer.hpp"
#include "adapters/segments/segment_folder.hpp"
#include "base/time.hpp"
#include "ports/random_source.hpp"

namespace pixelvault::adapters::segments {

class LargeBlob {
 public:
  /// Where its record lies, and room for the head in front of the payload: both begin with a page.
  static constexpr std::uint64_t kOffset = 4096;
  static constexpr std::uint32_t kHeadBytes = 4096;

  /// Both outlive the blob.
  LargeBlob(SegmentFolder& folder, ports::RandomSource& random)
      : folder_(folder), random_(random), segment_(folder.create()) {}
  LargeBlob(const LargeBlob&) = delete;
  LargeBlob& operator=(const LargeBlob&) = delete;
  /// Removes what was not committed.
  ~LargeBlob();

  /// Moves what is in `buffer` behind what was moved before.
  void append(BlobBuffer& buffer);
  /// Returns the number of its segment when the blob is on stable storage. `crc` is that of all its
  /// bytes.
  std::uint32_t commit(const std::string& key, std::uint32_t crc, base::Timestamp now);

  std::uint64_t size() const { return size_; }

 private:
  SegmentFolder& folder_;
  ports::RandomSource& random_;
  OwnedSegment segment_;
  std::uint64_t size_ = 0;
  bool committed_ = false;
};

}  // namespace pixelvault::adapters::segments
