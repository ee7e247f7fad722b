// The folder of one server's data, locked while it runs: two servers in one folder would remove
// each other's unfinished files.
#pragma once

#include <filesystem>

#include "base/unique_fd.hpp"

namespace pixelvault::app {

class DataFolder {
 public:
  /// Makes the folder when it is missing. Throws ConfigError when that fails or another server has
  /// it.
  explicit DataFolder(const std::filesystem::path& path);

 private:
  base::UniqueFd lock_;
};

}  // namespace pixelvault::app
