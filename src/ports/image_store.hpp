// The records of images, as requests need them. Every method is one transaction, durable when it
// returns. Any thread may call; every call may throw `base::Unavailable`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/task.hpp"
#include "domain/image.hpp"
#include "ports/new_image.hpp"

namespace pixelvault::ports {

/// One page of a project's live images, newest first (by id, which sorts by creation). Images whose
/// time is over at `now` are left out, though `total` may count them until they are expired.
struct ImageQuery {
  domain::ProjectId project;
  domain::Environment environment = domain::Environment::Live;
  std::optional<std::string> folder = {};      ///< exactly this folder
  std::optional<domain::ImageId> before = {};  ///< keyset: only images older than this one
  std::uint64_t skip = 0;                      ///< images to pass over first (numbered pages)
  std::uint32_t limit = 20;
  base::Timestamp now = {};
};

struct ImagePage {
  std::vector<domain::Image> images;
  std::uint64_t total = 0;  ///< images of the project and environment (and folder), on all pages
  bool more = false;        ///< whether older ones follow
};

/// What a client may change about an image; what is absent stays.
struct ImageChanges {
  std::optional<std::string> folder = {};
  std::optional<std::string> filename = {};
  std::optional<std::string> metadata = {};
};

class ImageStore {
 public:
  virtual ~ImageStore() = default;

  /// Stores the image, its identity and what it uses of the account's plan, or nothing of them. The
  /// id must be new. Which of several equal uploads is stored is decided here. Counts uploads for
  /// live images only, in the month of `created_at`. An idempotency key is kept for 24 hours from
  /// `created_at`; a fingerprint without a key as long as its image lives. `Unavailable` of the
  /// kind Fail means that it is not known whether the row was stored; after any other kind it
  /// certainly was not.
  virtual base::task<InsertOutcome> insert(NewImage image) = 0;

  /// What an upload of this identity would be answered without storing anything; nothing when it is
  /// new.
  virtual base::task<std::optional<Replay>> find_replay(domain::ProjectId project,
                                                        domain::Environment environment,
                                                        domain::UploadIdentity identity,
                                                        base::Timestamp now) = 0;
  /// Whether an upload with this idempotency key has ended well within the last 24 hours.
  virtual base::task<bool> has_key(domain::ProjectId project, domain::Environment environment,
                                   std::string key, base::Timestamp now) = 0;

  /// Also finds tombstones (`deleted_at`). Nothing for another project's image.
  virtual base::task<std::optional<domain::Image>> find(domain::ProjectId project,
                                                        domain::ImageId image) = 0;

  virtual base::task<ImagePage> list(ImageQuery query) = 0;

  /// The record with its changes; nothing for another project's or environment's image and for one
  /// that is gone at `now`.
  virtual base::task<std::optional<domain::Image>> update(domain::ProjectId project,
                                                          domain::Environment environment,
                                                          domain::ImageId image,
                                                          ImageChanges changes,
                                                          base::Timestamp now) = 0;

  /// Makes the image a tombstone, gives its storage back and queues the removal of its blob, due at
  /// once. Returns the record with `deleted_at`, which is the first one when the image was deleted
  /// before; nothing for another project's or environment's image.
  virtual base::task<std::optional<domain::Image>> mark_deleted(domain::ProjectId project,
                                                                domain::Environment environment,
                                                                domain::ImageId image,
                                                                base::Timestamp now) = 0;
};

}  // namespace pixelvault::ports
