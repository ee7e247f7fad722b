// Memory for blobs on their way to the disk: blocks of one size, kept for the next blob, and the
// bytes of one blob in them. The pool's bound is one for all writers together; who meets it writes
// out what it holds. Any thread may use a pool; a buffer belongs to one writer.
#pragma once

#include <sys/uio.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "base/bytes.hpp"

namespace pixelvault::adapters::segments {

class BlockPool {
 public:
  static constexpr std::size_t kBlockBytes = 64UL * 1024;
  using Block = std::unique_ptr<std::byte[]>;

  /// `bytes` is what may be taken before the pool is crowded.
  explicit BlockPool(std::size_t bytes) : blocks_(bytes / kBlockBytes) {}

  /// Never refuses: a writer needs some blocks to be able to write out anything.
  Block take();
  void give_back(Block block) noexcept;
  bool is_crowded() const { return taken_ >= blocks_; }

 private:
  const std::size_t blocks_;
  std::atomic<std::size_t> taken_ = 0;
  std::mutex mutex_;  // guards free_
  std::vector<Block> free_;
};

class BlobBuffer {
 public:
  /// `pool` outlives the buffer.
  explicit BlobBuffer(BlockPool& pool) : pool_(pool) {}
  BlobBuffer(const BlobBuffer&) = delete;
  BlobBuffer& operator=(const BlobBuffer&) = delete;
  ~BlobBuffer() { clear(); }

  /// Copies the beginning of `bytes`, at most to the end of a block. Returns how many it took.
  std::size_t append(base::ByteView bytes);
  std::size_t size() const { return size_; }
  /// Whether the next byte needs another block.
  bool is_at_block_end() const { return size_ == blocks_.size() * BlockPool::kBlockBytes; }
  /// Puts the bytes behind `parts`, which are valid until the buffer changes.
  void add_parts(std::vector<iovec>& parts) const;
  /// Forgets the bytes, not their checksum.
  void clear() noexcept;

  /// CRC-32C of all bytes so far, cleared ones included.
  std::uint32_t crc() const { return crc_; }

 private:
  BlockPool& pool_;
  std::vector<BlockPool::Block> blocks_;
  std::size_t size_ = 0;
  std::uint32_t crc_ = 0;
};

}  // namespace pixelvault::adapters::segments
