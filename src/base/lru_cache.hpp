// The values that were asked for most recently, in bounded memory. Spread over shards, so that
// cores seldom meet: what is thrown away is the oldest of its shard. Any thread may call; no call
// waits for anything but a shard's mutex.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

namespace pixelvault::base {

/// `Value` is copied out, so it should be cheap to copy. `Hash` gives 64 good bits: some choose the
/// shard, others the bucket.
template <class Key, class Value, class Hash = std::hash<Key>>
class LruCache {
 public:
  static constexpr std::size_t kShards = 16;

  /// `capacity`: values in all shards together; each keeps at least one.
  explicit LruCache(std::size_t capacity)
      : shard_capacity_(capacity < kShards ? 1 : capacity / kShards) {}

  std::optional<Value> find(const Key& key) {
    auto& shard = shard_of(key);
    const std::scoped_lock lock(shard.mutex);
    const auto found = shard.places.find(key);
    if (found == shard.places.end()) return std::nullopt;
    shard.entries.splice(shard.entries.begin(), shard.entries, found->second);
    return found->second->second;
  }

  /// Replaces what was there.
  void put(const Key& key, Value value) {
    auto& shard = shard_of(key);
    const std::scoped_lock lock(shard.mutex);
    if (const auto found = shard.places.find(key); found != shard.places.end()) {
      found->second->second = std::move(value);
      shard.entries.splice(shard.entries.begin(), shard.entries, found->second);
      return;
    }
    shard.entries.emplace_front(key, std::move(value));
    shard.places.emplace(key, shard.entries.begin());
    if (shard.entries.size() <= shard_capacity_) return;
    shard.places.erase(shard.entries.back().first);
    shard.entries.pop_back();
  }

  void erase(const Key& key) {
    auto& shard = shard_of(key);
    const std::scoped_lock lock(shard.mutex);
    const auto found = shard.places.find(key);
    if (found == shard.places.end()) return;
    shard.entries.erase(found->second);
    shard.places.erase(found);
  }

  void clear() {
    for (auto& shard : shards_) {
      const std::scoped_lock lock(shard.mutex);
      shard.places.clear();
      shard.entries.clear();
    }
  }

  std::size_t size() {
    std::size_t entries = 0;
    for (auto& shard : shards_) {
      const std::scoped_lock lock(shard.mutex);
      entries += shard.entries.size();
    }
    return entries;
  }

 private:
  using Entries = std::list<std::pair<Key, Value>>;  // the most recent one first
  struct Shard {
    std::mutex mutex;
    Entries entries;
    std::unordered_map<Key, typename Entries::iterator, Hash> places;
  };

  Shard& shard_of(const Key& key) { return shards_[(Hash{}(key) >> 32) % kShards]; }

  const std::size_t shard_capacity_;
  std::array<Shard, kShards> shards_;
};

}  // namespace pixelvault::base
