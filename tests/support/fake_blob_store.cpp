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
    store_.store(key, std::move(bytes_));
    co_return std::nullopt;
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

base::task<std::unique_ptr<ports::BlobWriter>> FakeBlobStore::create() {
  co_return std::make_unique<Writer>(*this);
}

base::task<std::optional<ports::BlobBody>> FakeBlobStore::open(ports::BlobRef blob,
                                                               std::uint64_t offset,
                                                               std::uint64_t length) {
  const Bytes found = find(blob.key);
  if (!found) co_return std::nullopt;
  require_region(*found, blob.key, offset, length);
  if (options_.bodies == Bodies::Regions) co_return memory_region(*found, offset, length);
  co_return std::make_unique<MemorySource>(found->substr(offset, length), options_.chunk);
}

base::task<std::unique_ptr<base::ByteSource>> FakeBlobStore::read(ports::BlobRef blob,
                                                                  std::uint64_t length) {
  const Bytes found = find(blob.key);
  if (!found) co_return nullptr;
  require_region(*found, blob.key, 0, length);
  co_return std::make_unique<MemorySource>(found->substr(0, length), options_.chunk);
}

base::task<void> FakeBlobStore::remove(ports::BlobRef blob) {
  const std::lock_guard lock(mutex_);
  blobs_.erase(blob.key);
  co_return;
}

std::vector<std::string> FakeBlobStore::keys() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> keys;
  for (const auto& [key, bytes] : blobs_) keys.push_back(key);
  return keys;
}

bool FakeBlobStore::contains(const std::string& key) const { return find(key) != nullptr; }

std::string FakeBlobStore::bytes(const std::string& key) const {
  const std::lock_guard lock(mutex_);
  return *blobs_.at(key);
}

int FakeBlobStore::open_writers() const {
  const std::lock_guard lock(mutex_);
  return open_writers_;
}

void FakeBlobStore::store(const std::string& key, std::string bytes) {
  const std::lock_guard lock(mutex_);
  const auto blob = std::make_shared<const std::string>(std::move(bytes));
  if (!blobs_.try_emplace(key, blob).second) {
    throw std::logic_error("blobs: " + key + " is in use");
  }
}

FakeBlobStore::Bytes FakeBlobStore::find(const std::string& key) const {
  const std::lock_guard lock(mutex_);
  const auto found = blobs_.find(key);
  return found == blobs_.end() ? nullptr : found->second;
}

}  // namespace pixelvault::support
