#include "adapters/filesystem/blob_store.hpp"

#include <utility>

#include "adapters/filesystem/blob_key.hpp"
#include "adapters/filesystem/blob_walk.hpp"
#include "adapters/filesystem/blob_writer.hpp"
#include "adapters/filesystem/syncs.hpp"
#include "adapters/filesystem/temporary_file.hpp"
#include "adapters/posix/file_calls.hpp"
#include "adapters/posix/region_source.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::adapters::filesystem {

using namespace posix;  // the system calls

using base::Unavailable;
using base::UniqueFd;

namespace {

std::optional<UniqueFd> find_blob(BlobFolders& folders, const BlobKey& key) {
  const auto project = folders.find_folder(key.folder);
  if (!project) return std::nullopt;
  return find_file(*project, key.name);
}

base::FileRegion region_of(std::shared_ptr<const UniqueFd> file, std::uint64_t size,
                           std::uint64_t offset, std::uint64_t length, const std::string& name) {
  if (offset > size || length > size - offset) {
    throw Unavailable(Unavailable::Kind::Fail, "blobs: " + name + " is shorter than its record");
  }
  return {.file = std::move(file), .offset = offset, .length = length};
}

/// Syncs even when the name is gone: an earlier attempt may have failed between the two.
void remove_blob(BlobFolders& folders, const BlobKey& key) {
  const auto project = folders.find_folder(key.folder);
  if (!project) return;
  unlink_name(*project, key.name);
  syncs().directory(*project);
}

}  // namespace

FilesystemBlobStore::FilesystemBlobStore(const Options& options)
    : root_(std::filesystem::absolute(options.root)),
      folders_(options.root, options.alone),
      unnamed_(options.unnamed_temporaries),
      open_files_(options.open_files),
      threads_({.name = "blobs", .threads = options.threads, .queue = options.queue}) {}

base::task<std::unique_ptr<ports::BlobWriter>> FilesystemBlobStore::create() {
  co_return std::make_unique<FilesystemBlobWriter>(folders_, threads_, unnamed_);
}

std::optional<FilesystemBlobStore::OpenFile> FilesystemBlobStore::open_file(const std::string& key,
                                                                            const BlobKey& place) {
  const auto begun = removals_.load();
  auto found = find_blob(folders_, place);
  if (!found) return std::nullopt;
  const auto size = file_size(*found);
  OpenFile opened{.file = std::make_shared<const UniqueFd>(*std::move(found)), .size = size};
  open_files_.put(key, opened);
  if (removals_.load() != begun) open_files_.erase(key);
  return opened;
}

base::task<std::optional<ports::BlobBody>> FilesystemBlobStore::open(ports::BlobRef blob,
                                                                     std::uint64_t offset,
                                                                     std::uint64_t length) {
  const BlobKey place = parse_key(blob.key);
  auto opened = open_files_.find(blob.key);
  if (!opened) opened = co_await threads_.run([&] { return open_file(blob.key, place); });
  if (!opened) co_return std::nullopt;
  co_return region_of(std::move(opened->file), opened->size, offset, length, place.name);
}

base::task<std::unique_ptr<base::ByteSource>> FilesystemBlobStore::read(ports::BlobRef blob,
                                                                        std::uint64_t length) {
  const BlobKey place = parse_key(blob.key);
  auto opened = co_await threads_.run([&] { return open_file(blob.key, place); });
  if (!opened) co_return nullptr;
  auto region = region_of(std::move(opened->file), opened->size, /*offset=*/0, length, place.name);
  co_return std::make_unique<posix::RegionSource>(std::move(region), threads_);
}

base::task<void> FilesystemBlobStore::remove(ports::BlobRef blob) {
  const BlobKey place = parse_key(blob.key);
  co_await threads_.run([&] { remove_blob(folders_, place); });
  ++removals_;
  open_files_.erase(blob.key);
}

base::task<std::unique_ptr<ports::BlobWalk>> FilesystemBlobStore::walk() {
  co_return std::make_unique<FilesystemBlobWalk>(root_, threads_);
}

base::task<void> FilesystemBlobStore::check() {
  co_await threads_.run([this] {
    if (free_space(folders_.temporary()) == 0) {
      throw Unavailable(Unavailable::Kind::DiskFull, "blobs: no space is left");
    }
    TemporaryFile file(folders_, unnamed_);
    file.append(base::as_bytes("ok"));
    file.sync();
  });
}

}  // namespace pixelvault::adapters::filesystem
