// What the suite of blobs runs against: every adapter and every fake of the port, in one shape.
// `get` is the port; `reopen` is a restart of the server, which an adapter's blobs survive. The
// record ports have `record_backends.hpp`.
#pragma once

#include <memory>

#include "adapters/filesystem/blob_store.hpp"
#include "adapters/segments/blob_store.hpp"
#include "support/fake_blob_store.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_random_source.hpp"
#include "support/temporary_directory.hpp"

namespace pixelvault::port_suites {

/// Files in a directory of its own.
template <bool UnnamedTemporaries>
class Files {
 public:
  adapters::filesystem::FilesystemBlobStore& get() { return *store_; }
  void reopen() {
    store_.reset();
    store_ = open();
  }

 private:
  std::unique_ptr<adapters::filesystem::FilesystemBlobStore> open() const {
    return std::make_unique<adapters::filesystem::FilesystemBlobStore>(
        adapters::filesystem::FilesystemBlobStore::Options{
            .root = directory_.path() / "blobs",
            .threads = 4,
            .unnamed_temporaries = UnnamedTemporaries});
  }

  support::TemporaryDirectory directory_;
  std::unique_ptr<adapters::filesystem::FilesystemBlobStore> store_ = open();
};

/// Segments in a directory of their own. `LargeBytes` decides which blobs get one to themselves.
template <std::size_t LargeBytes>
class Segments {
 public:
  adapters::segments::SegmentBlobStore& get() { return *store_; }
  void reopen() {
    store_.reset();
    store_ = open();
  }

 private:
  std::unique_ptr<adapters::segments::SegmentBlobStore> open() {
    return std::make_unique<adapters::segments::SegmentBlobStore>(
        adapters::segments::SegmentBlobStore::Options{.root = directory_.path() / "segments",
                                                      .segment_bytes = 4UL * 1024 * 1024,
                                                      .large_bytes = LargeBytes,
                                                      .threads = 4},
        clock_, random_);
  }

  support::TemporaryDirectory directory_;
  support::FakeClock clock_;
  support::FakeRandomSource random_;
  std::unique_ptr<adapters::segments::SegmentBlobStore> store_ = open();
};

/// A fake, which lives on: there is nothing to open again.
template <class Store>
class Fake {
 public:
  Store& get() { return store_; }
  void reopen() {}

 private:
  Store store_;
};

/// The fake of a store that hands out files.
class FakeWithRegions {
 public:
  support::FakeBlobStore& get() { return store_; }
  void reopen() {}

 private:
  support::FakeBlobStore store_{{.bodies = support::FakeBlobStore::Bodies::Regions}};
};

/// The fake of a store that gives places.
class FakeWithPlaces {
 public:
  support::FakeBlobStore& get() { return store_; }
  void reopen() {}

 private:
  support::FakeBlobStore store_{{.places = true}};
};

}  // namespace pixelvault::port_suites
