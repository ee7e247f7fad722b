// Bringing the bytes of an image from one blob store to another, or to another place of the same,
// so that nothing but exactly these bytes ever gets a name there. Used by backups, restores and
// moves. Any thread may call.
#pragma once

#include <optional>
#include <string>

#include "base/task.hpp"
#include "ports/blob_store.hpp"

namespace pixelvault::services {

struct BlobCopy {
  enum class Kind { Done, Missing, Damaged } kind = Kind::Done;
  std::optional<domain::BlobPlace> place = {};  ///< of the copy
  std::string detail = {};                      ///< what is damaged
};

/// Copies the blob of `image`, at the place that `image` has, under the same key; durable when this
/// returns. Bytes whose SHA-256 is not the row's are Damaged and not stored. Throws
/// `base::Unavailable` when `to` cannot store them, or for the kind Retry.
base::task<BlobCopy> copy_blob(ports::BlobStore& from, domain::Image image, ports::BlobStore& to);

}  // namespace pixelvault::services
