#include "adapters/filesystem/blob_folders.hpp"

#include <unistd.h>

#include <cerrno>
#include <mutex>

#include "adapters/filesystem/blob_key.hpp"
#include "adapters/filesystem/syncs.hpp"
#include "adapters/posix/durable_directory.hpp"
#include "adapters/posix/file_calls.hpp"

namespace pixelvault::adapters::filesystem {

using namespace posix;  // the system calls

using base::UniqueFd;

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxSettled = 100'000;

UniqueFd make_root(const fs::path& root) {
  make_durable_directory(root / kTemporaryFolder);
  return open_directory(root);
}

/// The folder `name` in `parent`, made when it is missing, durable in either case.
UniqueFd make_level(const UniqueFd& parent, const std::string& name) {
  make_directory(parent, name);
  try {
    syncs().directory(parent);
  } catch (...) {
    remove_directory(parent, name);  // nobody may find it, and then rely on it
    throw;
  }
  auto made = find_directory(parent, name);
  if (!made) throw_errno(ENOENT, "open " + name);
  return *std::move(made);
}

void remove_unfinished(const fs::path& folder) {
  try {
    for (const auto& entry : fs::directory_iterator(folder)) fs::remove_all(entry.path());
  } catch (const fs::filesystem_error& error) {
    throw_errno(error.code().value(), "clear " + folder.string());
  }
}

}  // namespace

BlobFolders::BlobFolders(const fs::path& root, bool alone)
    : root_(make_root(root)), temporary_(open_directory(root / kTemporaryFolder)) {
  if (alone) remove_unfinished(root / kTemporaryFolder);
}

std::string BlobFolders::unused_temporary_name() {
  return "blob." + std::to_string(::getpid()) + '.' + std::to_string(++names_);
}

std::optional<UniqueFd> BlobFolders::find_folder(const std::string& path) {
  return find_directory(root_, path);
}

UniqueFd BlobFolders::open_folder(const std::string& path) {
  {
    const std::shared_lock lock(making_);
    if (is_settled(path)) {
      if (auto found = find_folder(path)) return *std::move(found);
    }
  }
  return make_folder(path);
}

bool BlobFolders::is_settled(const std::string& path) const {
  return !path.contains('/') || settled_.contains(path);
}

UniqueFd BlobFolders::make_folder(const std::string& path) {
  const std::unique_lock lock(making_);
  UniqueFd folder;
  for (std::size_t end = 0, start = 0; end != path.npos; start = end + 1) {
    end = path.find('/', start);
    folder = make_level(start == 0 ? root_ : folder, path.substr(start, end - start));
  }
  if (settled_.size() >= kMaxSettled) settled_.clear();
  if (path.contains('/')) settled_.insert(path);
  return folder;
}

}  // namespace pixelvault::adapters::filesystem
