// The folder of one server's data, locked while it runs: two servers in one folder would remove
// each other's unfinished files.
#pragma once

#include <filesystem>

#include "base/unique_fd.hpp"

namespace pixelvault::app {

/// Whether a server has the folder at this moment.
bool is_served(const std::filesystem::path& path);

/// The file that stands in a folder while a restore fills it.
inline constexpr const char* kRestoreMarker = "restore.unfinished";

/// Throws ConfigError when a restore into the folder has not come to its end.
void refuse_unfinished_restore(const std::filesystem::path& path);

class DataFolder {
 public:
  /// Makes the folder when it is missing. Throws ConfigError when that fails, another server has
  /// it, or it holds half a restore.
  explicit DataFolder(const std::filesystem::path& path);

 private:
  base::UniqueFd lock_;
};

}  // namespace pixelvault::app
