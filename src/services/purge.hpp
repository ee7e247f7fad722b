// Removing the bytes of a deleted image, for the request that deletes and for the janitor after it.
#pragma once

#include "base/task.hpp"
#include "ports/blob_store.hpp"
#include "ports/image_upkeep.hpp"

namespace pixelvault::services {

/// Removes the blob and takes it off the outbox. False, and logged, when that could
/// not be done now: it stays in the outbox, and the janitor tries again.
base::task<bool> purge(ports::BlobStore& blobs, ports::ImageUpkeep& upkeep, ports::BlobRef blob);

}  // namespace pixelvault::services
