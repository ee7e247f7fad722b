// Records that were looked at already, up to a bound, so that a blob which is asked for again costs
// no system call. Any thread may call.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "adapters/segments/record.hpp"
#include "domain/blob_place.hpp"

namespace pixelvault::adapters::segments {

struct KnownBlob {
  std::size_t key_hash = 0;
  std::uint64_t payload = 0;  ///< offset in its segment
  std::uint64_t bytes = 0;
};

std::size_t hash_key(std::string_view key);
KnownBlob known_blob(const Record& record);

class KnownBlobs {
 public:
  explicit KnownBlobs(std::size_t limit) : shard_limit_(limit / kShards / 2 + 1) {}

  std::optional<KnownBlob> find(const domain::BlobPlace& place);
  /// How many blobs were forgotten; asked before a record is looked at.
  std::uint64_t forgotten() const { return forgotten_; }
  /// Keeps what was read after `forgotten` said `before`; nothing when a blob was forgotten since,
  /// because it might have been this one.
  void keep(const domain::BlobPlace& place, const KnownBlob& blob, std::uint64_t before);
  void forget(const domain::BlobPlace& place);

 private:
  static constexpr std::size_t kShards = 16;
  struct Hash {
    std::size_t operator()(const domain::BlobPlace& place) const noexcept;
  };
  using Map = std::unordered_map<domain::BlobPlace, KnownBlob, Hash>;
  /// What is asked for stays among the young; when they are too many they become the old, and the
  /// old before them go.
  struct Shard {
    std::mutex mutex;
    Map young, old;
  };

  Shard& shard(const domain::BlobPlace& place) { return shards_[Hash()(place) % kShards]; }
  void put(Shard& shard, const domain::BlobPlace& place, const KnownBlob& blob) const;

  const std::size_t shard_limit_;
  std::atomic<std::uint64_t> forgotten_ = 0;
  std::array<Shard, kShards> shards_;
};

}  // namespace pixelvault::adapters::segments
