// The answers of the last second to the question who a credential speaks for, unknown ones too. In
// bounded memory: each shard keeps two generations, and the older one is dropped whole. Any thread
// may call; no call waits for anything but a shard's mutex.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "base/cache_metrics.hpp"
#include "base/digest.hpp"
#include "base/time.hpp"
#include "domain/account.hpp"

namespace pixelvault::services {

class CallerCache {
 public:
  /// How old an answer may be.
  static constexpr std::chrono::seconds kFresh{1};
  static constexpr std::size_t kShards = 16;
  static constexpr std::size_t kGeneration = 1024;  ///< answers in a generation of a shard

  /// An absent caller: nobody has this credential.
  using Answer = std::optional<domain::AnyCaller>;

  /// What a look-up must begin with, so that its answer is not remembered when something was
  /// forgotten meanwhile.
  std::uint64_t begin() const { return forgotten_.load(); }

  /// Nothing when the answer must be looked up.
  std::optional<Answer> find(const base::Sha256& hash, base::Timestamp now);
  /// `asked_at` is the time before the look-up; `begun` is what `begin` gave then.
  void remember(const base::Sha256& hash, Answer answer, base::Timestamp asked_at,
                std::uint64_t begun);

  void forget(const base::Sha256& hash);
  /// Forgets every caller that `is_gone` is true of.
  void forget_if(const std::function<bool(const domain::AnyCaller&)>& is_gone);

  /// How many answers are remembered.
  std::size_t size();

 private:
  struct Entry {
    Answer answer;
    base::Timestamp asked_at;
  };
  struct Hash {
    std::size_t operator()(const base::Sha256& hash) const noexcept {
      std::size_t value = 0;
      std::memcpy(&value, hash.data(), sizeof value);
      return value;
    }
  };
  using Entries = std::unordered_map<base::Sha256, Entry, Hash>;
  struct Shard {
    std::mutex mutex;
    Entries young;
    Entries old;
    base::Timestamp turned_at;  // when `young` began
  };

  std::optional<Answer> recall(const base::Sha256& hash, base::Timestamp now);
  Shard& shard_of(const base::Sha256& hash);

  std::atomic<std::uint64_t> forgotten_ = 0;
  std::array<Shard, kShards> shards_;
  base::CacheMetrics metrics_{"caller"};
};

}  // namespace pixelvault::services
