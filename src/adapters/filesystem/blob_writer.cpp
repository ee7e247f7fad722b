#include "adapters/filesystem/blob_writer.hpp"

#include <algorithm>
#include <stdexcept>

#include "adapters/filesystem/file_calls.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::adapters::filesystem {

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
    if (kept_) return;
    try {
      unlink_name(directory_, name_);
    } catch (const base::Unavailable&) {
      // An unreferenced blob remains, as after a crash.
    }
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
    const auto taken = std::min(bytes.size(), kBufferBytes - buffer_.size());
    buffer_.insert(buffer_.end(), bytes.begin(), bytes.begin() + taken);
    bytes = bytes.subspan(taken);
    if (buffer_.size() == kBufferBytes) co_await threads_.run([this] { write_buffer(); });
  }
}

base::task<void> FilesystemBlobWriter::commit(std::string key) {
  const BlobKey place = parse_key(key);
  co_await threads_.run([this, &place] { publish(place); });
}

void FilesystemBlobWriter::write_buffer() {
  if (!usable_) throw std::logic_error("blobs: a writer is not used after its end");
  usable_ = false;  // unless this succeeds
  if (!file_) file_.emplace(folders_, unnamed_);
  file_->append(buffer_);
  buffer_.clear();
  usable_ = true;
}

/// Bytes first, then the name: nobody ever finds a name without its bytes. A sync that has failed
/// fails the blob and is not tried again, since the kernel may have dropped what it could not
/// write.
void FilesystemBlobWriter::publish(const BlobKey& key) {
  write_buffer();
  usable_ = false;
  file_->sync();
  const UniqueFd project = folders_.open_project(key.folder);
  PublishedName name(*file_, project, key.name);
  sync_directory(project);
  name.keep();
  file_.reset();
}

}  // namespace pixelvault::adapters::filesystem
