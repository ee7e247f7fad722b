// A segment store in a directory of its own, and looks at its files from outside.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "adapters/segments/blob_store.hpp"
#include "base/unavailable.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_random_source.hpp"
#include "support/run_task.hpp"
#include "support/temporary_directory.hpp"

namespace pixelvault::port_suites {

/// Bytes of which no two neighbourhoods are equal, other ones for every `seed`.
inline std::string picture(std::size_t size, std::uint32_t seed = 1) {
  std::string bytes(size, '\0');
  std::uint32_t state = seed;
  for (char& byte : bytes) byte = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  return bytes;
}

inline base::task<ports::BlobRef> store_blob(ports::BlobStore& blobs, std::string key,
                                             std::string bytes) {
  const auto writer = co_await blobs.create();
  co_await writer->write(base::as_bytes(bytes));
  const auto place = co_await writer->commit(key);
  co_return ports::BlobRef{.key = std::move(key), .place = place};
}

inline std::string read_region(const ports::BlobBody& body) {
  const auto& region = std::get<base::FileRegion>(body);
  std::string bytes(region.length, '\0');
  const auto got =
      ::pread(region.file->get(), bytes.data(), bytes.size(), static_cast<off_t>(region.offset));
  return got == std::ssize(bytes) ? bytes : "(short)";
}

class SegmentFiles : public testing::Test {
 protected:
  using Store = adapters::segments::SegmentBlobStore;

  std::unique_ptr<Store> open_store() {
    options_.root = root_;
    return std::make_unique<Store>(options_, clock_, random_);
  }
  void start() { store_ = open_store(); }
  void stop() { store_.reset(); }
  void restart() {
    stop();
    start();
  }

  ports::BlobRef store(const std::string& key, const std::string& bytes) {
    return support::run(store_blob(*store_, key, bytes));
  }
  /// The blob's bytes, or that it is absent.
  std::string read(const ports::BlobRef& blob, std::size_t size) {
    const auto body = support::run(store_->open(blob, 0, size));
    return body ? read_region(*body) : "(absent)";
  }
  void remove(const ports::BlobRef& blob) { support::run(store_->remove(blob)); }

  std::vector<ports::StoredBlob> walk() {
    std::vector<ports::StoredBlob> all;
    const auto walk = support::run(store_->walk());
    for (auto some = support::run(walk->next()); !some.empty(); some = support::run(walk->next())) {
      all.insert(all.end(), some.begin(), some.end());
    }
    return all;
  }
  std::vector<std::string> walked_keys() {
    std::vector<std::string> keys;
    for (const auto& blob : walk()) keys.push_back(blob.ref.key);
    return keys;
  }

  /// Names of the segments, sorted.
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(root_)) {
      if (entry.path().has_extension()) names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
  }
  std::string contents(const std::string& name) const {
    std::ifstream file(root_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void overwrite(const std::string& name, std::uint64_t offset, const std::string& bytes) const {
    std::fstream file(root_ / name, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(offset));
    file << bytes;
  }
  /// Bytes of disk that the file takes.
  std::uint64_t allocated(const std::string& name) const {
    struct stat status{};
    ::stat((root_ / name).c_str(), &status);
    return static_cast<std::uint64_t>(status.st_blocks) * 512;
  }

  support::TemporaryDirectory directory_;
  const std::filesystem::path root_ = directory_.path() / "segments";
  support::FakeClock clock_;
  support::FakeRandomSource random_;
  Store::Options options_{
      .root = {}, .segment_bytes = 1024UL * 1024, .large_bytes = 512UL * 1024, .threads = 2};
  std::unique_ptr<Store> store_;
};

}  // namespace pixelvault::port_suites
