// The records of images that are being delivered, so that a popular picture costs no question to
// the database; ids that belong to no image too. What this process changes is seen at once, what
// another one changes after `kFresh`. Any thread may call.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "base/cache_metrics.hpp"
#include "base/lru_cache.hpp"
#include "base/task.hpp"
#include "domain/image.hpp"
#include "ports/blob_store.hpp"
#include "ports/clock.hpp"
#include "ports/image_store.hpp"

namespace pixelvault::services {

class RecordCache {
 public:
  /// An image and, since every delivery needs it, the name of its blob.
  struct Kept : domain::Image {
    explicit Kept(domain::Image image)
        : domain::Image(std::move(image)), blob(ports::blob_of(*this)) {}
    ports::BlobRef blob;
  };
  /// Null when there is no such image; a tombstone is a record too.
  using Record = std::shared_ptr<const Kept>;

  /// How old an answer may be.
  static constexpr std::chrono::seconds kFresh{4};
  static constexpr std::chrono::seconds kFreshAbsence{1};
  /// Records take about half a kilobyte each, and up to twenty with much metadata.
  static constexpr std::size_t kRecords = 65'536;
  static constexpr std::size_t kAbsences = 16'384;

  RecordCache(ports::ImageStore& images, ports::Clock& clock) : images_(images), clock_(clock) {}

  /// As `ports::ImageStore::find`.
  base::task<Record> find(domain::ProjectId project, domain::ImageId image);

  /// To be called when an image was changed, after that was committed.
  void forget(domain::ProjectId project, domain::ImageId image);
  void forget_all();
  /// Rises with every `forget`: what was found before may be outdated when it has.
  std::uint64_t changes() const noexcept { return changes_.load(); }

 private:
  struct Key {
    domain::ProjectId project;
    domain::ImageId image;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const noexcept {
      return std::hash<domain::ImageId>{}(key.image);
    }
  };
  struct Entry {
    Record record;
    base::Timestamp asked_at;
  };

  base::task<Record> ask(Key key, base::Timestamp now);

  ports::ImageStore& images_;
  ports::Clock& clock_;
  base::CacheMetrics metrics_{"record"};
  // Changes that were told of. An answer is not kept when there was one while it was asked for.
  std::atomic<std::uint64_t> changes_ = 0;
  base::LruCache<Key, Entry, Hash> records_{kRecords};
  // Apart, so that made-up ids push no record out.
  base::LruCache<Key, base::Timestamp, Hash> absences_{kAbsences};
};

}  // namespace pixelvault::services
