#include "adapters/filesystem/temporary_file.hpp"

#include <utility>

#include "adapters/filesystem/syncs.hpp"
#include "adapters/posix/file_calls.hpp"

namespace pixelvault::adapters::filesystem {

using namespace posix;  // the system calls

TemporaryFile::TemporaryFile(BlobFolders& folders, bool unnamed) : folders_(folders) {
  if (unnamed) file_ = create_unnamed(folders.temporary()).value_or(base::UniqueFd());
  if (file_) return;
  name_ = folders.unused_temporary_name();
  file_ = create_named(folders.temporary(), name_);
}

TemporaryFile::~TemporaryFile() {
  // Should it stay, the next start of the server removes it.
  if (!name_.empty()) try_unlink(folders_.temporary(), name_);
}

void TemporaryFile::append(base::ByteView bytes) { write_all(file_, bytes); }

void TemporaryFile::sync() { syncs().data(file_); }

void TemporaryFile::link_into(const base::UniqueFd& directory, const std::string& name) {
  if (name_.empty()) {
    link_unnamed(file_, directory, name);
  } else {
    link_named(folders_.temporary(), name_, directory, name);
  }
}

}  // namespace pixelvault::adapters::filesystem
