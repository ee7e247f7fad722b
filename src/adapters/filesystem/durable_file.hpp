// Whole files that are on stable storage when a call returns, under a name that never shows half of
// one. For what operators' commands write beside blobs: copies of databases, manifests, markers.
// Calls block; they throw `base::Unavailable`.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/digest.hpp"

namespace pixelvault::adapters::filesystem {

/// Replaces `path` by these bytes.
void write_file(const std::filesystem::path& path, std::string_view bytes);
/// The whole file.
std::string read_file(const std::filesystem::path& path);
/// Copies `from` to `to`, which is replaced. Gives the SHA-256 of what was copied.
base::Sha256 copy_file(const std::filesystem::path& from, const std::filesystem::path& to);
base::Sha256 hash_file(const std::filesystem::path& path);
/// Makes a file that somebody else wrote durable and gives it its final name, in the same folder.
void publish_file(const std::filesystem::path& from, const std::filesystem::path& to);
/// It may be gone already.
void remove_file(const std::filesystem::path& path);

}  // namespace pixelvault::adapters::filesystem
