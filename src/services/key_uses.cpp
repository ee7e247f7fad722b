#include "services/key_uses.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace pixelvault::services {

namespace {
constexpr std::size_t kBatch = 1000;  // of one transaction, so that none holds up others for long
}  // namespace

KeyUses::Shard& KeyUses::shard_of(const domain::KeyId& key) {
  return shards_[std::hash<domain::KeyId>{}(key) % kShards];
}

void KeyUses::note(const domain::KeyId& key) {
  const auto now = clock_.now();
  auto& shard = shard_of(key);
  const std::lock_guard lock(shard.mutex);
  shard.uses.insert_or_assign(key, now);
}

std::vector<ports::KeyUse> KeyUses::take_all() {
  std::vector<ports::KeyUse> uses;
  for (auto& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    for (const auto& [key, at] : shard.uses) uses.push_back({.key = key, .at = at});
    shard.uses.clear();
  }
  return uses;
}

void KeyUses::put_back(const std::vector<ports::KeyUse>& uses) {
  for (const auto& [key, at] : uses) {
    auto& shard = shard_of(key);
    const std::lock_guard lock(shard.mutex);
    shard.uses.try_emplace(key, at);  // a use since then is newer
  }
}

base::task<void> KeyUses::flush() {
  auto uses = take_all();
  try {
    while (!uses.empty()) {
      const auto first = uses.end() - static_cast<std::ptrdiff_t>(std::min(kBatch, uses.size()));
      std::vector<ports::KeyUse> batch(first, uses.end());
      co_await keys_.note_uses(std::move(batch));
      uses.erase(first, uses.end());
    }
  } catch (...) {
    put_back(uses);
    throw;
  }
}

}  // namespace pixelvault::services
