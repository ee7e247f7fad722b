#include "adapters/filesystem/blob_walk.hpp"

#include <string>

#include "adapters/filesystem/blob_key.hpp"
#include "adapters/posix/file_calls.hpp"

namespace pixelvault::adapters::filesystem {

using namespace posix;  // the system calls

namespace fs = std::filesystem;

base::task<std::vector<ports::StoredBlob>> FilesystemBlobWalk::next() {
  co_return co_await threads_.run([this] { return next_page(); });
}

std::vector<ports::StoredBlob> FilesystemBlobWalk::next_page() {
  std::vector<ports::StoredBlob> page;
  try {
    if (!begun_) entries_ = Entries(root_);
    begun_ = true;
    for (; entries_ != Entries() && page.size() < kPage; ++entries_) visit(entries_->path(), page);
  } catch (const fs::filesystem_error& error) {
    throw_errno(error.code().value(), "list " + error.path1().string());
  }
  return page;
}

void FilesystemBlobWalk::visit(const fs::path& path, std::vector<ports::StoredBlob>& page) {
  std::string key = path.lexically_relative(root_).string();
  if (!find_key(key)) return;
  const auto status = find_status(path);
  if (!status) return;
  page.push_back(
      {.ref = {.key = std::move(key)}, .size = status->size, .written_at = status->changed_at});
}

}  // namespace pixelvault::adapters::filesystem
