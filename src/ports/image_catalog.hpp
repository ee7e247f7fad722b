// The records of all images of all projects, for whoever must see each of them: comparing rows and
// blobs, moving blobs, backups. Every method is one transaction. Any thread may call; every call
// may throw `base::Unavailable`.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/task.hpp"
#include "domain/image.hpp"
#include "ports/blob_store.hpp"

namespace pixelvault::ports {

/// How much there is to see, for progress.
struct CatalogTotals {
  std::uint64_t images = 0;  ///< living ones
  std::uint64_t bytes = 0;   ///< of these
};

class ImageCatalog {
 public:
  virtual ~ImageCatalog() = default;

  /// As the counters have it, which costs no walk.
  virtual base::task<CatalogTotals> totals() = 0;

  /// Images in the order of their ids, tombstones among them, after `after`; at most `limit`, none
  /// at the end.
  virtual base::task<std::vector<domain::Image>> list(std::optional<domain::ImageId> after,
                                                      std::uint32_t limit) = 0;
  /// Also finds tombstones.
  virtual base::task<std::optional<domain::Image>> find(domain::ImageId image) = 0;
  /// Whether the outbox still has to remove this blob.
  virtual base::task<bool> is_removal_due(BlobRef blob) = 0;
  /// The bytes of `image`, which is the record as it was read, are at `place` now: changes the row,
  /// unless the image has been deleted or moved meanwhile, or the outbox still has to remove the
  /// blob at `place`. With `remove_old_at` the blob at the old place is queued for removal, due
  /// then. Returns whether the row was changed.
  virtual base::task<bool> move(domain::Image image, std::optional<domain::BlobPlace> place,
                                std::optional<base::Timestamp> remove_old_at) = 0;
  /// The blob store is a new one: forgets all blobs that were to be removed from the old one.
  virtual base::task<void> forget_removals() = 0;
};

}  // namespace pixelvault::ports
