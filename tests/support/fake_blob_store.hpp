// Blobs in memory. Hands out bodies in either of the forms that a store may choose: pulled sources
// (as an object store would) or regions of a memory file (as a disk would). Any thread may call.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "ports/blob_store.hpp"

namespace pixelvault::support {

class FakeBlobStore final : public ports::BlobStore {
 public:
  enum class Bodies { Sources, Regions };
  struct Options {
    Bodies bodies = Bodies::Sources;
    std::size_t chunk = 1000;  ///< bytes that a source gives at once
  };

  explicit FakeBlobStore(Options options) : options_(options) {}
  FakeBlobStore() : FakeBlobStore(Options{}) {}

  base::task<std::unique_ptr<ports::BlobWriter>> create() override;
  base::task<std::optional<ports::BlobBody>> open(ports::BlobRef blob, std::uint64_t offset,
                                                  std::uint64_t length) override;
  base::task<std::unique_ptr<base::ByteSource>> read(ports::BlobRef blob,
                                                     std::uint64_t length) override;
  base::task<void> remove(ports::BlobRef blob) override;

  /// For tests: what is stored now.
  std::vector<std::string> keys() const;
  bool contains(const std::string& key) const;
  /// Throws `std::out_of_range` when there is no such blob.
  std::string bytes(const std::string& key) const;
  /// Writers that are neither committed nor destroyed.
  int open_writers() const;

 private:
  class Writer;
  using Bytes = std::shared_ptr<const std::string>;

  void store(const std::string& key, std::string bytes);
  Bytes find(const std::string& key) const;

  const Options options_;
  mutable std::mutex mutex_;
  std::map<std::string, Bytes> blobs_;
  int open_writers_ = 0;
};

}  // namespace pixelvault::support
