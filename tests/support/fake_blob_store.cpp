#include "support/fake_blob_store.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/unavailable.hpp"

namespace pixelvault::support {

namespace {

class MemorySource final : public base::ByteSource {
 public:
  MemorySource(std::string bytes, std::size_t chunk) : bytes_(std::move(bytes)), chunk_(chunk) {}

  base::task<base::ReadResult> read() override {
    const auto taken = std::min(chunk_, bytes_.size() - position_);
    const auto view = std::string_view(bytes_).substr(position_, taken);
    position_ += taken;
    co_return base::as_bytes(view);
  }

 private:
  const std::string bytes_;
  const std::size_t chunk_;
  std::size_t position_ = 0;
};

void require_region(const std::string& bytes, const std::string& key, std::uint64_t offset,
                    std::uint64_t length) {
  if (offset <= bytes.size() && length <= bytes.size() - offset) return;
  throw base::Unavailable(base::Unavailable::Kind::Fail,
                          "blobs: " + key + " is shorter than its record");
}

base::FileRegion memory_region(const std::string& bytes, std::uint64_t offset,
                               std::uint64_t length) {
  auto file = std::make_shared<const base::UniqueFd>(::memfd_create("blob", MFD_CLOEXEC));
  if (!*file || ::write(file->get(), bytes.data(), bytes.size()) != std::ssize(bytes)) {
    throw std::runtime_error("no memory file");
  }
  return {.file = std::move(file), .offset = offset, .length = length};
}

}  // namespace

class FakeBlobStore::Writer final : public ports::BlobWriter {
 public:
  explicit Writer(FakeBlobStore& store) : store_(store) {
    const std::lock_guard lock(store_.mutex_);
    ++store_.open_writers_;
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() override { close(); }

  base::task<void> write(base::ByteView bytes) override {
    bytes_ += base::as_text(bytes);
    co_return;
  }

  base::task<std::optional<domain::BlobPlace>> commit(std::string key) override {
    if (!open_) throw std::logic_error("blobs: a writer is not used after its end");
    close();
    co_return store_.store(key, std::move(bytes_));
  }

 private:
  void close() {
    const std::lock_guard lock(store_.mutex_);
    if (std::exchange(open_, false)) --store_.open_writers_;
  }

  FakeBlobStore& store_;
  std::string bytes_;
  bool open_ = true;
};

class FakeBlobStore::Walk final : public ports::BlobWalk {
 public:
  explicit Walk(const FakeBlobStore& store) : store_(store) {}

  base::task<std::vector<ports::StoredBlob>> next() override {
    const std::lock_guard lock(store_.mutex_);
    std::vector<ports::StoredBlob> page;
    auto at = last_ ? store_.blobs_.upper_bound(*last_) : store_.blobs_.begin();
    for (; at != store_.blobs_.end() && page.size() < store_.options_.page; ++at) {
      const auto& [ref, blob] = *at;
      page.push_back({.ref = ref, .size = blob.bytes->size(), .written_at = blob.written_at});
    }
    if (!page.empty()) last_ = page.back().ref;
    co_return page;
  }

 private:
  const FakeBlobStore& store_;
  std::optional<ports::BlobRef> last_;
};

base::task<std::unique_ptr<ports::BlobWriter>> FakeBlobStore::create() {
  co_return std::make_unique<Writer>(*this);
}

base::task<std::optional<ports::BlobBody>> FakeBlobStore::open(ports::BlobRef blob,
                                                               std::uint64_t offset,
                                                               std::uint64_t length) {
  const Bytes found = find(blob);
  if (!found) co_return std::nullopt;
  require_region(*found, blob.key, offset, length);
  if (options_.bodies == Bodies::Regions) co_return memory_region(*found, offset, length);
  co_return std::make_unique<MemorySource>(found->substr(offset, length), options_.chunk);
}

base::task<std::unique_ptr<base::ByteSource>> FakeBlobStore::read(ports::BlobRef blob,
                                                                  std::uint64_t length) {
  const Bytes found = find(blob);
  if (!found) co_return nullptr;
  require_region(*found, blob.key, 0, length);
  co_return std::make_unique<MemorySource>(found->substr(0, length), options_.chunk);
}

base::task<void> FakeBlobStore::remove(ports::BlobRef blob) {
  const std::lock_guard lock(mutex_);
  blobs_.erase(blob);
  co_return;
}

base::task<std::unique_ptr<ports::BlobWalk>> FakeBlobStore::walk() {
  co_return std::make_unique<Walk>(*this);
}

std::vector<std::string> FakeBlobStore::keys() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> keys;
  for (const auto& [ref, blob] : blobs_) keys.push_back(ref.key);
  return keys;
}

bool FakeBlobStore::contains(const std::string& key) const { return find_key(key) != nullptr; }

std::string FakeBlobStore::bytes(const std::string& key) const {
  const auto found = find_key(key);
  if (!found) throw std::out_of_range("no blob " + key);
  return *found;
}

int FakeBlobStore::open_writers() const {
  const std::lock_guard lock(mutex_);
  return open_writers_;
}

std::optional<domain::BlobPlace> FakeBlobStore::store(const std::string& key, std::string bytes) {
  const std::lock_guard lock(mutex_);
  ports::BlobRef ref{.key = key};
  if (options_.places) {
    ref.place = domain::BlobPlace{.segment = 1, .offset = next_offset_};
    next_offset_ += bytes.size() + 1;
  }
  const Blob blob{std::make_shared<const std::string>(std::move(bytes)), now_};
  if (!blobs_.try_emplace(ref, blob).second) {
    throw std::logic_error("blobs: " + key + " is in use");
  }
  return ref.place;
}

void FakeBlobStore::give_places(bool places) {
  const std::lock_guard lock(mutex_);
  options_.places = places;
}

void FakeBlobStore::set_time(base::Timestamp now) {
  const std::lock_guard lock(mutex_);
  now_ = now;
}

void FakeBlobStore::put(const ports::BlobRef& blob, std::string bytes) {
  const std::lock_guard lock(mutex_);
  blobs_.insert_or_assign(blob, Blob{std::make_shared<const std::string>(std::move(bytes)), now_});
}

std::vector<ports::BlobRef> FakeBlobStore::refs() const {
  const std::lock_guard lock(mutex_);
  std::vector<ports::BlobRef> refs;
  for (const auto& [ref, blob] : blobs_) refs.push_back(ref);
  return refs;
}

FakeBlobStore::Bytes FakeBlobStore::find(const ports::BlobRef& blob) const {
  const std::lock_guard lock(mutex_);
  const auto found = blobs_.find(blob);
  return found == blobs_.end() ? nullptr : found->second.bytes;
}

FakeBlobStore::Bytes FakeBlobStore::find_key(const std::string& key) const {
  const std::lock_guard lock(mutex_);
  const auto found = blobs_.lower_bound({.key = key});
  return found == blobs_.end() || found->first.key != key ? nullptr : found->second.bytes;
}

}  // namespace pixelvault::support
