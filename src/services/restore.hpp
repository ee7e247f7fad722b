// Fills a new blob store from a backup, for records that were brought back already: every picture
// is hashed on its way, and its row gets the place that the new store gave it. Used by the
// operator's command. Belongs to one coroutine.
#pragma once

#include <cstdint>
#include <vector>

#include "base/task.hpp"
#include "ports/blob_store.hpp"
#include "ports/clock.hpp"
#include "ports/image_catalog.hpp"
#include "ports/image_store.hpp"
#include "services/backup.hpp"
#include "services/progress.hpp"

namespace pixelvault::services {

struct RestoreReport {
  std::uint64_t images = 0;  ///< that were brought back
  std::uint64_t bytes = 0;   ///< of these
  std::uint64_t gone = 0;    ///< deleted while the backup was made: they are deleted here too
  LostBlobs lost = {};
};

class Restore {
 public:
  struct Dependencies {
    ports::ImageCatalog& catalog;
    ports::ImageStore& images;
    ports::BlobStore& copies;  ///< of the backup, without places
    ports::BlobStore& blobs;   ///< new and empty
    ports::Clock& clock;
  };

  /// `gone` are the images that the backup could not copy, since they were deleted.
  Restore(Dependencies dependencies, std::vector<domain::ImageId> gone, ProgressSink progress);

  /// Called once. Throws `base::Unavailable` when a store fails.
  base::task<RestoreReport> run();

 private:
  base::task<void> bring_back(domain::Image image);
  base::task<void> lose(domain::Image image, LostBlob lost);

  Dependencies use_;
  std::vector<domain::ImageId> gone_;  // sorted
  ProgressSink progress_;
  RestoreReport report_;
};

}  // namespace pixelvault::services
