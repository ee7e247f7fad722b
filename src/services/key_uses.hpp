// When keys were last used: noted in memory with every request, written in batches from time to
// time, so that a request costs no write. Any thread may note; one at a time may flush.
#pragma once

#include <array>
#include <cstddef>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "base/task.hpp"
#include "ports/clock.hpp"
#include "ports/key_store.hpp"

namespace pixelvault::services {

class KeyUses {
 public:
  KeyUses(ports::KeyStore& keys, ports::Clock& clock) : keys_(keys), clock_(clock) {}

  void note(const domain::KeyId& key);

  /// Writes what was noted since the last time. What cannot be written is kept for the next time,
  /// and the `base::Unavailable` passed on.
  base::task<void> flush();

 private:
  static constexpr std::size_t kShards = 16;
  struct Shard {
    std::mutex mutex;
    std::unordered_map<domain::KeyId, base::Timestamp> uses;
  };

  Shard& shard_of(const domain::KeyId& key);
  std::vector<ports::KeyUse> take_all();
  void put_back(const std::vector<ports::KeyUse>& uses);

  ports::KeyStore& keys_;
  ports::Clock& clock_;
  std::array<Shard, kShards> shards_;
};

}  // namespace pixelvault::services
