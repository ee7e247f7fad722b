// One blob on its way to the disk. Bytes are collected in memory and written in large pieces, so
// that a small blob costs one trip to the store's threads, at its commit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/filesystem/blob_folders.hpp"
#include "adapters/filesystem/blob_key.hpp"
#include "adapters/filesystem/temporary_file.hpp"
#include "base/blocking_pool.hpp"
#include "ports/blob_store.hpp"

namespace pixelvault::adapters::filesystem {

class FilesystemBlobWriter final : public ports::BlobWriter {
 public:
  /// How much a writer holds in memory.
  static constexpr std::size_t kBufferBytes = 256UL * 1024;

  /// `folders` and `threads` outlive the writer. Destroying an unfinished one closes its file on
  /// the spot, on the caller's thread, since a destructor cannot wait: 0.1 ms for 5 MB, under 10 ms
  /// for 50 MB, and only when an upload is given up.
  FilesystemBlobWriter(BlobFolders& folders, base::BlockingPool& threads, bool unnamed)
      : folders_(folders), threads_(threads), unnamed_(unnamed) {}

  base::task<void> write(base::ByteView bytes) override;
  base::task<std::optional<domain::BlobPlace>> commit(std::string key) override;

 private:
  TemporaryFile& file();
  void write_buffer();
  void publish(const BlobKey& key);

  BlobFolders& folders_;
  base::BlockingPool& threads_;
  const bool unnamed_;
  std::vector<std::byte> buffer_;
  std::optional<TemporaryFile> file_;  // made with the first piece
  bool usable_ = true;                 // until a call failed, or the commit
};

}  // namespace pixelvault::adapters::filesystem
