// Blobs in memory. Hands out bodies in either of the forms that a store may choose: pulled sources
// (as an object store would) or regions of a memory file (as a disk would), and gives places if it
// is told to (as segments would). Any thread may call.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "ports/blob_inventory.hpp"
#include "ports/blob_store.hpp"

namespace pixelvault::support {

class FakeBlobStore final : public ports::BlobStore, public ports::BlobInventory {
 public:
  enum class Bodies { Sources, Regions };
  struct Options {
    Bodies bodies = Bodies::Sources;
    std::size_t chunk = 1000;  ///< bytes that a source gives at once
    bool places = false;       ///< whether new blobs get places
    std::size_t page = 2;      ///< blobs that a walk gives at once
  };

  explicit FakeBlobStore(Options options) : options_(options) {}
  FakeBlobStore() : FakeBlobStore(Options{}) {}

  base::task<std::unique_ptr<ports::BlobWriter>> create() override;
  base::task<std::optional<ports::BlobBody>> open(ports::BlobRef blob, std::uint64_t offset,
                                                  std::uint64_t length) override;
  base::task<std::unique_ptr<base::ByteSource>> read(ports::BlobRef blob,
                                                     std::uint64_t length) override;
  base::task<void> remove(ports::BlobRef blob) override;
  base::task<std::unique_ptr<ports::BlobWalk>> walk() override;

  /// For tests: from here on new blobs get places, or not.
  void give_places(bool places);
  /// For tests: when the blobs that come from here on are written.
  void set_time(base::Timestamp now);
  /// For tests: stores a blob as it is, or in the place of one that was there.
  void put(const ports::BlobRef& blob, std::string bytes);
  /// For tests: which blobs are stored now.
  std::vector<ports::BlobRef> refs() const;
  /// For tests: what is stored now.
  std::vector<std::string> keys() const;
  bool contains(const std::string& key) const;
  /// Throws `std::out_of_range` when there is no such blob.
  std::string bytes(const std::string& key) const;
  /// Writers that are neither committed nor destroyed.
  int open_writers() const;

 private:
  class Writer;
  class Walk;
  using Bytes = std::shared_ptr<const std::string>;
  struct Blob {
    Bytes bytes;
    base::Timestamp written_at;
  };

  std::optional<domain::BlobPlace> store(const std::string& key, std::string bytes);
  Bytes find(const ports::BlobRef& blob) const;
  Bytes find_key(const std::string& key) const;

  Options options_;
  mutable std::mutex mutex_;
  std::map<ports::BlobRef, Blob> blobs_;
  base::Timestamp now_;
  std::uint64_t next_offset_ = 0;
  int open_writers_ = 0;
};

}  // namespace pixelvault::support
