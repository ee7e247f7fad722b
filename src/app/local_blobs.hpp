// The two local blob stores as one: a blob with a place is in the segments, one without is a file
// of the folder. New blobs go where the configuration says, so that both kinds can stand side by
// side while blobs are moved. Used by the server and by the operator's commands beside it. Any
// thread may call.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "adapters/filesystem/blob_store.hpp"
#include "adapters/segments/blob_store.hpp"
#include "app/config.hpp"
#include "ports/blob_inventory.hpp"
#include "ports/blob_store.hpp"
#include "ports/clock.hpp"
#include "ports/random_source.hpp"

namespace pixelvault::app {

class LocalBlobs final : public ports::BlobStore, public ports::BlobInventory {
 public:
  /// `alone`: no other process works on the data folder, so that what an earlier one has left
  /// unfinished may be cleared. `clock` and `random` outlive the stores. Throws what opening them
  /// throws.
  LocalBlobs(const Config& config, const ports::Clock& clock, ports::RandomSource& random,
             bool alone)
      : folder_({.root = config.data / "blobs", .alone = alone}),
        segments_({.root = config.data / "segments"}, clock, random),
        layout_(config.blobs) {}

  adapters::filesystem::FilesystemBlobStore& folder() { return folder_; }
  adapters::segments::SegmentBlobStore& segments() { return segments_; }

  base::task<std::unique_ptr<ports::BlobWriter>> create() override { return current().create(); }
  base::task<std::optional<ports::BlobBody>> open(ports::BlobRef blob, std::uint64_t offset,
                                                  std::uint64_t length) override {
    auto& store = store_of(blob);
    return store.open(std::move(blob), offset, length);
  }
  base::task<std::unique_ptr<base::ByteSource>> read(ports::BlobRef blob,
                                                     std::uint64_t length) override {
    auto& store = store_of(blob);
    return store.read(std::move(blob), length);
  }
  base::task<void> remove(ports::BlobRef blob) override {
    auto& store = store_of(blob);
    return store.remove(std::move(blob));
  }
  /// First those of the folder.
  base::task<std::unique_ptr<ports::BlobWalk>> walk() override;

 private:
  ports::BlobStore& store_of(const ports::BlobRef& blob) {
    if (blob.place) return segments_;
    return folder_;
  }
  ports::BlobStore& current() {
    if (layout_ == BlobLayout::Folder) return folder_;
    return segments_;
  }

  adapters::filesystem::FilesystemBlobStore folder_;
  adapters::segments::SegmentBlobStore segments_;
  const BlobLayout layout_;
};

}  // namespace pixelvault::app
