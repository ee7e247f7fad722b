#include "adapters/posix/durable_directory.hpp"

#include <system_error>

#include "adapters/posix/file_calls.hpp"

namespace pixelvault::adapters::posix {

namespace fs = std::filesystem;

namespace {

void make_missing(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw_errno(error.value(), "mkdir " + path.string());
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

}  // namespace pixelvault::adapters::posix
