// Whether the bytes of an image are where its row says, and are what it says. Used by what
// compares, copies and moves blobs. Any thread may call.
#pragma once

#include <optional>
#include <string>

#include "base/digest.hpp"
#include "base/task.hpp"
#include "ports/blob_store.hpp"

namespace pixelvault::services {

enum class Depth {
  Size,   ///< the blob is there and not too short
  Bytes,  ///< all of it is read: its SHA-256 is the row's
};

struct BlobState {
  enum class Kind { Good, Missing, Damaged } kind = Kind::Good;
  std::string detail = {};  ///< what is damaged
};

/// The blob of `image`, at the place that `image` has. Throws `base::Unavailable` of the kind Retry
/// only: what fails is damaged.
base::task<BlobState> check_blob(ports::BlobStore& blobs, domain::Image image, Depth depth);

}  // namespace pixelvault::services
