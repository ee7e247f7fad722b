#include "adapters/filesystem/blob_folders.hpp"

#include <cerrno>
#include <mutex>

#include "adapters/filesystem/blob_key.hpp"
#include "adapters/filesystem/file_calls.hpp"

namespace pixelvault::adapters::filesystem {

using base::UniqueFd;

namespace fs = std::filesystem;

namespace {

void make_missing(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw_errno(error.value(), "mkdir " + path.string());
}

UniqueFd make_root(const fs::path& root) {
  make_durable_directory(root / kTemporaryFolder);
  return open_directory(root);
}

void remove_unfinished(const fs::path& folder) {
  try {
    for (const auto& entry : fs::directory_iterator(folder)) fs::remove_all(entry.path());
  } catch (const fs::filesystem_error& error) {
    throw_errno(error.code().value(), "clear " + folder.string());
  }
}

}  // namespace

void make_durable_directory(const fs::path& path) {
  const fs::path whole = fs::absolute(path);
  make_missing(whole);
  sync_directory(open_directory(whole));
  sync_directory(open_directory(whole.parent_path()));
  for (fs::path above = whole.parent_path(); above != above.parent_path();) {
    above = above.parent_path();
    try_sync_directory(above);  // not of our making, and perhaps closed to us
  }
}

BlobFolders::BlobFolders(const fs::path& root)
    : root_(make_root(root)), temporary_(open_directory(root / kTemporaryFolder)) {
  remove_unfinished(root / kTemporaryFolder);
}

std::string BlobFolders::unused_temporary_name() { return "blob." + std::to_string(++names_); }

std::optional<UniqueFd> BlobFolders::find_project(const std::string& name) {
  return find_directory(root_, name);
}

UniqueFd BlobFolders::open_project(const std::string& name) {
  {
    const std::shared_lock lock(making_);
    if (auto found = find_project(name)) return *std::move(found);
  }
  return make_project(name);
}

UniqueFd BlobFolders::make_project(const std::string& name) {
  const std::unique_lock lock(making_);
  make_directory(root_, name);
  try {
    sync_directory(root_);
  } catch (...) {
    remove_directory(root_, name);  // nobody may find it, and then rely on it
    throw;
  }
  auto made = find_directory(root_, name);
  if (!made) throw_errno(ENOENT, "open " + name);
  return *std::move(made);
}

}  // namespace pixelvault::adapters::filesystem
