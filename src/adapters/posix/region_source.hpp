// A blob as a pulled source, for readers that need its bytes inside the program: each read is one
// trip to the store's threads. Belongs to one coroutine; the store outlives it.
#pragma once

#include <cstddef>
#include <vector>

#include "base/blocking_pool.hpp"
#include "base/byte_source.hpp"
#include "base/unique_fd.hpp"

namespace pixelvault::adapters::posix {

class RegionSource final : public base::ByteSource {
 public:
  /// The most that one read gives, and what a source holds in memory.
  static constexpr std::size_t kChunkBytes = 256UL * 1024;

  RegionSource(base::FileRegion region, base::BlockingPool& threads)
      : region_(std::move(region)), threads_(threads) {}

  /// Throws `Unavailable` when the disk fails or the file has become shorter than its region.
  base::task<base::ReadResult> read() override;

 private:
  base::FileRegion region_;  // what is still to come
  base::BlockingPool& threads_;
  std::vector<std::byte> chunk_;
};

}  // namespace pixelvault::adapters::posix
