// The two local blob stores as one: a blob with a place is in the segments, one without is a file
// of the folder. New blobs go where the configuration says, so that both kinds can stand side by
// side while blobs are moved. Any thread may call; both stores outlive it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "app/config.hpp"
#include "ports/blob_store.hpp"

namespace pixelvault::app {

class LocalBlobs final : public ports::BlobStore {
 public:
  LocalBlobs(ports::BlobStore& folder, ports::BlobStore& segments, BlobLayout layout)
      : folder_(folder),
        segments_(segments),
        current_(layout == BlobLayout::Folder ? folder : segments) {}

  base::task<std::unique_ptr<ports::BlobWriter>> create() override { return current_.create(); }
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

 private:
  ports::BlobStore& store_of(const ports::BlobRef& blob) {
    return blob.place ? segments_ : folder_;
  }

  ports::BlobStore& folder_;
  ports::BlobStore& segments_;
  ports::BlobStore& current_;
};

}  // namespace pixelvault::app
