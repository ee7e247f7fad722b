#include "app/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <system_error>

#include "app/config.hpp"

namespace pixelvault::app {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& why) {
  throw ConfigError("The setting data is wrong: the folder '" + path.string() + "' " + why + ".");
}

}  // namespace

bool is_served(const std::filesystem::path& path) {
  const base::UniqueFd lock(::open((path / "lock").c_str(), O_RDONLY | O_CLOEXEC));
  return lock && ::flock(lock.get(), LOCK_SH | LOCK_NB) != 0;
}

void refuse_unfinished_restore(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path / kRestoreMarker)) return;
  refuse(path, "holds a restore that did not end: run pixelvault restore again, into this folder");
}

DataFolder::DataFolder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) refuse(path, "cannot be made (" + error.message() + ")");
  lock_.reset(::open((path / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock_) refuse(path, "cannot be written (" + std::generic_category().message(errno) + ")");
  if (::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0) refuse(path, "is in use by another server");
  refuse_unfinished_restore(path);
}

}  // namespace pixelvault::app
