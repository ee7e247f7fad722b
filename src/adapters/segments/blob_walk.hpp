// All blobs of all segments in the order of their places, for the inventory port. Belongs to one
// coroutine; reads heads only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "adapters/segments/segment_folder.hpp"
#include "adapters/segments/segment_reader.hpp"
#include "base/blocking_pool.hpp"
#include "ports/blob_inventory.hpp"

namespace pixelvault::adapters::segments {

class SegmentWalk final : public ports::BlobWalk {
 public:
  /// The most that one call gives.
  static constexpr std::size_t kMost = 500;

  /// Both outlive the walk.
  SegmentWalk(const SegmentFolder& folder, base::BlockingPool& threads)
      : folder_(folder), threads_(threads) {}

  base::task<std::vector<ports::StoredBlob>> next() override;

 private:
  std::vector<ports::StoredBlob> read_some();
  bool open_next_segment();

  const SegmentFolder& folder_;
  base::BlockingPool& threads_;
  std::optional<std::vector<SegmentFolder::Entry>> left_;  // the next one last
  std::uint32_t number_ = 0;
  base::UniqueFd file_;
  std::unique_ptr<SegmentReader> reader_;  // of file_
  std::uint64_t position_ = 0;
};

}  // namespace pixelvault::adapters::segments
