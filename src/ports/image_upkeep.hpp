// What the records of images need beside the requests: expiry, the emptying of deleted projects,
// and the outbox of blobs that must still be removed. Every method is one transaction, durable when
// it returns. Any thread may call; every call may throw `base::Unavailable`.
#pragma once

#include <cstdint>
#include <vector>

#include "base/task.hpp"
#include "domain/image.hpp"
#include "ports/blob_store.hpp"

namespace pixelvault::ports {

class ImageUpkeep {
 public:
  virtual ~ImageUpkeep() = default;

  /// Makes live images whose time was over at `now` tombstones, as `ImageStore::mark_deleted` does,
  /// at most `limit`. Returns how many.
  virtual base::task<std::uint32_t> expire(base::Timestamp now, std::uint32_t limit) = 0;
  /// The same with all live images of a project, at most `limit`.
  virtual base::task<std::uint32_t> empty_project(domain::ProjectId project, base::Timestamp now,
                                                  std::uint32_t limit) = 0;
  /// Forgets idempotency keys whose 24 hours are over, at most `limit`. Returns how many.
  virtual base::task<std::uint32_t> forget_keys(base::Timestamp now, std::uint32_t limit) = 0;

  /// Blobs whose removal is due at `now`, oldest first, leased: nobody else gets them
  /// before `leased_until`. The lease of one that was tried before is twice as long for every
  /// attempt, up to 16 times.
  virtual base::task<std::vector<BlobRef>> lease_removals(base::Timestamp now,
                                                          base::Timestamp leased_until,
                                                          std::uint32_t limit) = 0;
  /// Ends the leases of others: every removal that was tried before is due at `now` at the latest.
  /// Only for who knows that nobody else works on them. Returns how many leases there were.
  virtual base::task<std::uint32_t> end_leases(base::Timestamp now) = 0;
  /// The blob is gone for good: forget that it had to be removed.
  virtual base::task<void> finish_removal(BlobRef blob) = 0;
};

}  // namespace pixelvault::ports
