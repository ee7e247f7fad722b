#include "adapters/segments/blob_buffer.hpp"

#include <algorithm>
#include <utility>

#include "adapters/segments/crc32c.hpp"

namespace pixelvault::adapters::segments {

BlockPool::Block BlockPool::take() {
  ++taken_;
  const std::lock_guard lock(mutex_);
  if (free_.empty()) return std::make_unique_for_overwrite<std::byte[]>(kBlockBytes);
  Block block = std::move(free_.back());
  free_.pop_back();
  return block;
}

void BlockPool::give_back(Block block) noexcept {
  --taken_;
  const std::lock_guard lock(mutex_);
  if (free_.size() >= blocks_ / 4) return;  // what a rush of uploads took goes back to the system
  try {
    free_.push_back(std::move(block));
  } catch (const std::bad_alloc&) {
    return;  // then it is not kept
  }
}

std::size_t BlobBuffer::append(base::ByteView bytes) {
  if (is_at_block_end()) blocks_.push_back(pool_.take());
  const std::size_t used = size_ - (blocks_.size() - 1) * BlockPool::kBlockBytes;
  const auto taken = bytes.first(std::min(bytes.size(), BlockPool::kBlockBytes - used));
  std::ranges::copy(taken, blocks_.back().get() + used);
  crc_ = crc32c(taken, crc_);
  size_ += taken.size();
  return taken.size();
}

void BlobBuffer::add_parts(std::vector<iovec>& parts) const {
  std::size_t left = size_;
  for (const auto& block : blocks_) {
    const std::size_t length = std::min(left, BlockPool::kBlockBytes);
    parts.push_back({.iov_base = block.get(), .iov_len = length});
    left -= length;
  }
}

void BlobBuffer::clear() noexcept {
  for (auto& block : blocks_) pool_.give_back(std::move(block));
  blocks_.clear();
  size_ = 0;
}

}  // namespace pixelvault::adapters::segments
