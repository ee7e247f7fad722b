// Copies the blobs that a snapshot of the records names into a folder, beside a running server:
// what is there already stays, what was deleted since the snapshot is told. Used by the operator's
// command, which makes the snapshot first and the manifest last. Belongs to one coroutine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/task.hpp"
#include "ports/blob_inventory.hpp"
#include "ports/blob_store.hpp"
#include "ports/image_catalog.hpp"
#include "services/blob_check.hpp"
#include "services/progress.hpp"

namespace pixelvault::services {

/// A picture that could not be copied, or is not what its row says.
struct LostBlob {
  std::string key;
  std::string detail;
};

/// All of them are counted, the first are named.
struct LostBlobs {
  static constexpr std::size_t kNamed = 1000;

  void add(LostBlob blob) {
    if (++count <= kNamed) first.push_back(std::move(blob));
  }

  std::uint64_t count = 0;
  std::vector<LostBlob> first = {};
};

struct BackupReport {
  std::uint64_t images = 0;  ///< living ones of the snapshot
  std::uint64_t bytes = 0;   ///< of these
  std::uint64_t copied = 0;
  std::uint64_t copied_bytes = 0;
  std::uint64_t pruned = 0;
  std::vector<domain::ImageId> gone = {};  ///< deleted between the snapshot and their turn
  LostBlobs lost = {};
};

struct BackupOptions {
  Depth depth = Depth::Size;  ///< how what is there already is looked at
  bool prune = false;         ///< remove what the snapshot does not name
};

class Backup {
 public:
  struct Dependencies {
    ports::ImageCatalog& snapshot;  ///< of the records, which nobody changes
    ports::ImageCatalog& records;   ///< as they are now
    ports::BlobStore& blobs;
    ports::BlobStore& copies;  ///< without places
    ports::BlobInventory& copied;
  };

  Backup(Dependencies dependencies, BackupOptions options, ProgressSink progress)
      : use_(dependencies), options_(options), progress_(std::move(progress)) {}

  /// Called once. Throws `base::Unavailable` when a store fails; what was copied by then is found
  /// by the next run.
  base::task<BackupReport> run();

 private:
  base::task<void> keep(domain::Image image);
  base::task<void> copy(domain::Image image);
  base::task<bool> has_copy(const domain::Image& image);
  base::task<void> prune();

  Dependencies use_;
  BackupOptions options_;
  ProgressSink progress_;
  BackupReport report_;
  Progress told_{.step = "images"};
};

/// Whether every blob that `snapshot` names, but those of `gone`, is among `copies` with its bytes.
/// Reads all of them.
base::task<BackupReport> check_backup(ports::ImageCatalog& snapshot, ports::BlobStore& copies,
                                      std::vector<domain::ImageId> gone, ProgressSink progress);

}  // namespace pixelvault::services
