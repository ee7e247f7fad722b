// The folders of the store: its root, one folder a project in it, folders in those for private
// images, and the folder of unfinished files. A folder that this hands out for writing is on stable
// storage. Any thread may call; calls block.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/unique_fd.hpp"

namespace pixelvault::adapters::filesystem {

class BlobFolders {
 public:
  /// Makes the root. Removes what an earlier process has left unfinished if this one is `alone`:
  /// beside a server it would remove what that is writing.
  BlobFolders(const std::filesystem::path& root, bool alone);

  const base::UniqueFd& temporary() const { return temporary_; }
  /// A name that no other file of `temporary` has.
  std::string unused_temporary_name();

  /// Nothing when there is no such folder, and so no blobs. It need not be durable yet, which is
  /// enough for looking; never waits for a sync.
  std::optional<base::UniqueFd> find_folder(const std::string& path);
  /// The folder, made with those above it when it is missing.
  base::UniqueFd open_folder(const std::string& path);

 private:
  bool is_settled(const std::string& path) const;
  base::UniqueFd make_folder(const std::string& path);

  base::UniqueFd root_;
  base::UniqueFd temporary_;
  std::atomic<std::uint64_t> names_ = 0;
  // Held alone from making a folder until it is durable, so that nobody finds it before that.
  std::shared_mutex making_;
  // Folders below a project's that this process has seen durable: an earlier process may have ended
  // between making one and its sync. What lies in the root is synced when the store opens.
  std::unordered_set<std::string> settled_;
};

}  // namespace pixelvault::adapters::filesystem
