// The folders of the store: its root, one folder a project in it, and the folder of unfinished
// files. A folder that this hands out is on stable storage. Any thread may call; calls block.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <shared_mutex>
#include <string>

#include "base/unique_fd.hpp"

namespace pixelvault::adapters::filesystem {

/// Makes `path` and the folders above it that are missing, and syncs the way down to it.
void make_durable_directory(const std::filesystem::path& path);

class BlobFolders {
 public:
  /// Makes the root and removes what an earlier process has left unfinished.
  explicit BlobFolders(const std::filesystem::path& root);

  const base::UniqueFd& temporary() const { return temporary_; }
  /// A name that no other file of `temporary` has.
  std::string unused_temporary_name();

  /// Nothing when the project has no folder, and so no blobs. The folder need not be durable yet,
  /// which is enough for looking; never waits for a sync.
  std::optional<base::UniqueFd> find_project(const std::string& name);
  /// The project's folder, made when it is missing.
  base::UniqueFd open_project(const std::string& name);

 private:
  base::UniqueFd make_project(const std::string& name);

  base::UniqueFd root_;
  base::UniqueFd temporary_;
  std::atomic<std::uint64_t> names_ = 0;
  // Held alone from making a folder until it is durable, so that nobody finds it before that.
  std::shared_mutex making_;
};

}  // namespace pixelvault::adapters::filesystem
