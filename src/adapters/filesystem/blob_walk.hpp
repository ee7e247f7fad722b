// All blobs of the folder, in the order in which the file system gives them. Belongs to one
// coroutine; the store outlives it.
#pragma once

#include <filesystem>
#include <vector>

#include "base/blocking_pool.hpp"
#include "ports/blob_inventory.hpp"

namespace pixelvault::adapters::filesystem {

class FilesystemBlobWalk final : public ports::BlobWalk {
 public:
  /// The most blobs that one step gives.
  static constexpr std::size_t kPage = 200;

  /// `root` is an absolute path.
  FilesystemBlobWalk(std::filesystem::path root, base::BlockingPool& threads)
      : root_(std::move(root)), threads_(threads) {}

  /// Files whose paths are no keys are no blobs. Throws `Unavailable` when a folder is unreadable.
  base::task<std::vector<ports::StoredBlob>> next() override;

 private:
  using Entries = std::filesystem::recursive_directory_iterator;

  std::vector<ports::StoredBlob> next_page();
  void visit(const std::filesystem::path& path, std::vector<ports::StoredBlob>& page);

  const std::filesystem::path root_;
  base::BlockingPool& threads_;
  Entries entries_;
  bool begun_ = false;
};

}  // namespace pixelvault::adapters::filesystem
