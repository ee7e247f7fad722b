// One rate limit and the states of everybody who used it lately, in bounded memory: a flood of
// subjects pushes out those that used least of their limit. Any thread may call.
#pragma once

#include <array>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "domain/gcra.hpp"

namespace pixelvault::services {

class RateTable {
 public:
  static constexpr std::size_t kShards = 16;
  static constexpr std::size_t kDefaultCapacity = 65'536;

  /// `capacity` is how many subjects are remembered at most.
  explicit RateTable(domain::RateLimit limit, std::size_t capacity = kDefaultCapacity)
      : limit_(limit), shard_capacity_(capacity / kShards) {}

  const domain::RateLimit& limit() const { return limit_; }

  /// Takes one request of `subject`; the limit must limit.
  domain::RateDecision take(std::string_view subject, base::Timestamp now);

  /// How many subjects are remembered.
  std::size_t size() const;

 private:
  struct Shard {
    mutable std::mutex mutex;
    std::unordered_map<std::string, domain::RateState> states;
  };

  domain::RateLimit limit_;
  std::size_t shard_capacity_;
  std::array<Shard, kShards> shards_;
};

}  // namespace pixelvault::services
