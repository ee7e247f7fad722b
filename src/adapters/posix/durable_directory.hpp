// Folders that are on stable storage before anybody puts something into them. Used by the stores on
// a local disk; calls block.
#pragma once

#include <filesystem>

namespace pixelvault::adapters::posix {

/// Makes `path` and the folders above it that are missing, and syncs the way down to it.
void make_durable_directory(const std::filesystem::path& path);

}  // namespace pixelvault::adapters::posix
