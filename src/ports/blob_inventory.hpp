// Everything that a blob store holds, for whoever must see it all: comparing rows and blobs,
// listing, moving. Any thread may call; a walk belongs to one coroutine. Every call may throw
// `base::Unavailable`.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/task.hpp"
#include "base/time.hpp"
#include "ports/blob_store.hpp"

namespace pixelvault::ports {

/// A blob as its store knows it.
struct StoredBlob {
  BlobRef ref;
  std::uint64_t size = 0;      ///< bytes
  base::Timestamp written_at;  ///< by the store's own clock; never earlier than its commit began
};

class BlobWalk {
 public:
  virtual ~BlobWalk() = default;
  /// Some more blobs, in the store's own order; none at the end. Memory is bounded whatever the
  /// store holds. What is written or removed meanwhile may come or not.
  virtual base::task<std::vector<StoredBlob>> next() = 0;
};

class BlobInventory {
 public:
  virtual ~BlobInventory() = default;
  /// The store outlives the walk.
  virtual base::task<std::unique_ptr<BlobWalk>> walk() = 0;
};

}  // namespace pixelvault::ports
