// A folder of backups: `manifest.json` says which database in it is the newest and what belongs to
// it; the pictures are plain files under `blobs/`. A backup is there when its manifest is. Used by
// the commands; one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "base/time.hpp"
#include "base/unique_fd.hpp"
#include "domain/ids.hpp"

namespace pixelvault::app {

struct BackupManifest {
  std::string version = {};         ///< of the program that made it
  base::Timestamp created_at = {};  ///< when its snapshot was taken
  std::string database = {};        ///< file name
  base::Sha256 database_sha256{};
  std::uint64_t images = 0;  ///< living ones that the database names
  std::uint64_t bytes = 0;   ///< of these
  /// Of these, the ones that were deleted before their bytes were copied.
  std::vector<domain::ImageId> gone = {};
};

std::string to_json(const BackupManifest& manifest);
/// Nothing when the text is no manifest.
std::optional<BackupManifest> parse_manifest(const std::string& text);

class BackupFolder {
 public:
  /// Makes the folder when it is missing, and locks it. Throws ConfigError when another backup
  /// runs.
  static BackupFolder open(const std::filesystem::path& path);
  /// One that must be there already.
  static BackupFolder find(const std::filesystem::path& path);

  std::filesystem::path blobs() const { return path_ / "blobs"; }
  std::filesystem::path file(const std::string& name) const { return path_ / name; }

  /// Of the newest backup; nothing when there is none. Throws when it cannot be read.
  std::optional<BackupManifest> manifest() const;
  /// From here on this is the newest backup. The one before is kept as `manifest.1.json`, with its
  /// database; older databases are removed.
  void publish(const BackupManifest& manifest);

 private:
  explicit BackupFolder(std::filesystem::path path);

  void remove_old_databases(const std::string& newest, const std::string& before) const;

  std::filesystem::path path_;
  base::UniqueFd lock_;
};

}  // namespace pixelvault::app
