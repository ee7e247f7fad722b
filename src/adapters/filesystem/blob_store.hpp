// Blobs as files: `root/{project}/{image}.{ext}`, each durable before its name is. Any thread may
// call. Owns the threads on which all system calls are made, and must outlive its writers.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "adapters/filesystem/blob_folders.hpp"
#include "adapters/filesystem/blob_key.hpp"
#include "base/blocking_pool.hpp"
#include "base/lru_cache.hpp"
#include "base/unique_fd.hpp"
#include "ports/blob_inventory.hpp"
#include "ports/blob_store.hpp"

namespace pixelvault::adapters::filesystem {

class FilesystemBlobStore final : public ports::BlobStore, public ports::BlobInventory {
 public:
  struct Options {
    std::filesystem::path root;       ///< made when it is missing, with the folders above it
    std::size_t threads = 16;         ///< that may wait for the disk at once
    std::size_t queue = 1024;         ///< calls that may wait for a thread
    bool unnamed_temporaries = true;  ///< O_TMPFILE, where the file system has it
    bool alone = true;                ///< no other process writes here; false beside a server
    std::size_t open_files = 512;     ///< that are kept open for the next delivery
  };

  /// Throws `Unavailable` when the root cannot be made or read.
  explicit FilesystemBlobStore(const Options& options);

  base::task<std::unique_ptr<ports::BlobWriter>> create() override;
  base::task<std::optional<ports::BlobBody>> open(ports::BlobRef blob, std::uint64_t offset,
                                                  std::uint64_t length) override;
  base::task<std::unique_ptr<base::ByteSource>> read(ports::BlobRef blob,
                                                     std::uint64_t length) override;
  base::task<void> remove(ports::BlobRef blob) override;
  base::task<std::unique_ptr<ports::BlobWalk>> walk() override;

  /// Writes, syncs and drops a small file. Throws `Unavailable` when that fails or no space is
  /// left.
  base::task<void> check();

 private:
  struct OpenFile {
    std::shared_ptr<const base::UniqueFd> file;
    std::uint64_t size = 0;
  };

  /// On a thread that may wait.
  std::optional<OpenFile> open_file(const std::string& key, const BlobKey& place);

  const std::filesystem::path root_;
  BlobFolders folders_;
  const bool unnamed_;
  base::LruCache<std::string, OpenFile> open_files_;
  // A file that was opened while another one was removed is not kept: it may be that one.
  std::atomic<std::uint64_t> removals_ = 0;
  base::BlockingPool threads_;  // last: its destructor finishes what waits
};

}  // namespace pixelvault::adapters::filesystem
