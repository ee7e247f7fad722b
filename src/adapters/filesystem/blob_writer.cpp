#include "adapters/filesystem/blob_writer.hpp"

#include <algorithm>
#include <stdexcept>

#include "adapters/filesystem/syncs.hpp"
#include "adapters/posix/file_calls.hpp"

namespace pixelvault::adapters::filesystem {

using namespace posix;  // the system calls

using base::UniqueFd;

namespace {

/// The final name of a blob, taken back unless it is kept.
class PublishedName {
 public:
  PublishedName(TemporaryFile& file, const UniqueFd& directory, const std::string& name)
      : directory_(directory), name_(name) {
    file.link_into(directory, name);
  }
  PublishedName(const PublishedName&) = delete;
  PublishedName& operator=(const PublishedName&) = delete;
  ~PublishedName() {
    // Should it stay, it is an unreferenced blob, as after a crash.
    if (!kept_) try_unlink(directory_, name_);
  }

  void keep() { kept_ = true; }

 private:
  const UniqueFd& directory_;
  const std::string& name_;
  bool kept_ = false;
};

}  // namespace

base::task<void> FilesystemBlobWriter::write(base::ByteView bytes) {
  while (!bytes.empty()) {
    const auto piece = bytes.first(std::min(bytes.size(), kBufferBytes - buffer_.size()));
    buffer_.insert(buffer_.end(), piece.begin(), piece.end());
    bytes = bytes.subspan(piece.size());
    if (buffer_.size() == kBufferBytes) co_await threads_.run([this] { write_buffer(); });
  }
}

base::task<std::optional<domain::BlobPlace>> FilesystemBlobWriter::commit(std::string key) {
  const BlobKey place = parse_key(key);
  co_await threads_.run([this, &place] { publish(place); });
  co_return std::nullopt;  // the key says it all
}

TemporaryFile& FilesystemBlobWriter::file() {
  if (!file_) file_.emplace(folders_, unnamed_);
  return *file_;
}

void FilesystemBlobWriter::write_buffer() {
  if (!usable_) throw std::logic_error("blobs: a writer is not used after its end");
  usable_ = false;  // unless this succeeds
  file().append(buffer_);
  buffer_.clear();
  usable_ = true;
}

/// Bytes first, then the name: nobody ever finds a name without its bytes. A sync that has failed
/// fails the blob and is not tried again, since the kernel may have dropped what it could not
/// write.
void FilesystemBlobWriter::publish(const BlobKey& key) {
  write_buffer();
  usable_ = false;
  file().sync();
  const UniqueFd project = folders_.open_folder(key.folder);
  PublishedName name(file(), project, key.name);
  syncs().directory(project);
  name.keep();
  file_.reset();
}

}  // namespace pixelvault::adapters::filesystem
