// Finishes what a request began and could not end: removes the bytes of deleted images that are
// still there. Everything it does is in the outbox, so that a restart loses nothing.
#pragma once

#include <cstddef>

#include "base/task.hpp"
#include "ports/blob_store.hpp"
#include "ports/clock.hpp"
#include "ports/image_store.hpp"

namespace pixelvault::services {

class Janitor {
 public:
  struct Dependencies {
    ports::ImageStore& images;
    ports::BlobStore& blobs;
    ports::Clock& clock;
  };

  explicit Janitor(Dependencies dependencies) : use_(dependencies) {}

  /// One batch of what is due. Returns how many blobs were removed; above zero, more may be due. A
  /// removal that fails is due again when its lease is over; throws `base::Unavailable` when the
  /// outbox itself cannot be read.
  base::task<std::size_t> sweep();

 private:
  Dependencies use_;
};

}  // namespace pixelvault::services
