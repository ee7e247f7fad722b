#include "adapters/posix/timed_syncs.hpp"

#include <unistd.h>

#include <cerrno>

#include "adapters/posix/file_calls.hpp"

namespace pixelvault::adapters::posix {

void TimedSyncs::data(const base::UniqueFd& file) {
  const int result = data_.time([&] { return ::fdatasync(file.get()); });
  if (result != 0) throw_errno(errno, "fdatasync");
}

void TimedSyncs::directory(const base::UniqueFd& directory) {
  const int result = directories_.time([&] { return ::fsync(directory.get()); });
  if (result != 0) throw_errno(errno, "fsync of a directory");
}

}  // namespace pixelvault::adapters::posix
