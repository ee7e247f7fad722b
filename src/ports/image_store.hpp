// The records of images, and the outbox of what must still happen because of them. Every method is
// one transaction, durable when it returns. Any thread may call; every call may throw
// `base::Unavailable`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/task.hpp"
#include "domain/image.hpp"

namespace pixelvault::ports {

/// One page of a project's live images, newest first (by id, which sorts by creation).
struct ImageQuery {
  domain::ProjectId project;
  domain::Environment environment = domain::Environment::Live;
  std::optional<std::string> folder = {};      ///< exactly this folder
  std::optional<domain::ImageId> before = {};  ///< keyset: only images older than this one
  std::uint64_t skip = 0;                      ///< images to pass over first (numbered pages)
  std::uint32_t limit = 20;
};

struct ImagePage {
  std::vector<domain::Image> images;
  std::uint64_t total = 0;  ///< images of the project and environment (and folder), on all pages
  bool more = false;        ///< whether older ones follow
};

class ImageStore {
 public:
  virtual ~ImageStore() = default;

  /// The id must be new. `Unavailable` of the kind Fail means that it is not known whether the row
  /// was stored; after any other kind it certainly was not.
  virtual base::task<void> insert(domain::Image image) = 0;

  /// Also finds tombstones (`deleted_at`). Nothing for another project's image.
  virtual base::task<std::optional<domain::Image>> find(domain::ProjectId project,
                                                        domain::ImageId image) = 0;

  virtual base::task<ImagePage> list(ImageQuery query) = 0;

  /// Makes the image a tombstone and queues the removal of its blob, due at once. Returns the
  /// record with `deleted_at`, which is the first one when the image was deleted before; nothing
  /// for another project's or environment's image.
  virtual base::task<std::optional<domain::Image>> mark_deleted(domain::ProjectId project,
                                                                domain::Environment environment,
                                                                domain::ImageId image,
                                                                base::Timestamp now) = 0;

  /// Keys of blobs whose removal is due at `now`, oldest first, leased: nobody else gets them
  /// before `leased_until`.
  virtual base::task<std::vector<std::string>> lease_removals(base::Timestamp now,
                                                              base::Timestamp leased_until,
                                                              std::uint32_t limit) = 0;
  /// The blob under `key` is gone for good: forget that it had to be removed.
  virtual base::task<void> finish_removal(std::string key) = 0;
};

}  // namespace pixelvault::ports
