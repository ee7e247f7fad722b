#include "services/rate_table.hpp"

#include <algorithm>
#include <functional>
#include <vector>

namespace pixelvault::services {
namespace {

using States = std::unordered_map<std::string, domain::RateState>;

/// Drops the half that is nearest to being fresh: whoever has used least loses least by it.
void make_room(States& states) {
  std::vector<domain::RateState> times;
  times.reserve(states.size());
  for (const auto& [subject, state] : states) times.push_back(state);
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::ranges::nth_element(times, middle);
  std::erase_if(states, [&](const auto& entry) { return entry.second <= *middle; });
}

}  // namespace

domain::RateDecision RateTable::take(std::string_view subject, base::Timestamp now) {
  auto& shard = shards_[std::hash<std::string_view>{}(subject) % kShards];
  const std::lock_guard lock(shard.mutex);
  std::string name(subject);
  if (shard.states.size() >= shard_capacity_ && !shard.states.contains(name)) {
    make_room(shard.states);
  }
  return domain::take(limit_, now, shard.states[std::move(name)]);
}

std::size_t RateTable::size() const {
  std::size_t size = 0;
  for (const auto& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    size += shard.states.size();
  }
  return size;
}

}  // namespace pixelvault::services
