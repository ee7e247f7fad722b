// A file that is being written and has no final name yet. Destroying it before `link_into` leaves
// nothing. Belongs to one thread at a time; calls block.
#pragma once

#include <string>

#include "adapters/filesystem/blob_folders.hpp"
#include "base/bytes.hpp"
#include "base/unique_fd.hpp"

namespace pixelvault::adapters::filesystem {

class TemporaryFile {
 public:
  /// Without a name where the file system can (O_TMPFILE) and `unnamed` allows it; otherwise with
  /// one in the folder of unfinished files. `folders` outlives the file.
  TemporaryFile(BlobFolders& folders, bool unnamed);
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile();

  void append(base::ByteView bytes);
  /// Returns when the bytes are on stable storage.
  void sync();
  /// Gives the file its final name, which is not durable before the directory is synced.
  void link_into(const base::UniqueFd& directory, const std::string& name);

 private:
  BlobFolders& folders_;
  base::UniqueFd file_;
  std::string name_;  // empty when it has none
};

}  // namespace pixelvault::adapters::filesystem
