#include "services/caller_cache.hpp"

#include <utility>

namespace pixelvault::services {
namespace {

/// A clock that was set back makes nothing fresh.
bool is_fresh(base::Timestamp asked_at, base::Timestamp now) {
  return asked_at <= now && now - asked_at < CallerCache::kFresh;
}

/// A session's end is known beforehand.
bool has_ended(const CallerCache::Answer& answer, base::Timestamp now) {
  if (!answer) return false;
  const auto* session = std::get_if<domain::SessionCaller>(&*answer);
  return session != nullptr && session->expires_at <= now;
}

}  // namespace

CallerCache::Shard& CallerCache::shard_of(const base::Sha256& hash) {
  // Not the bytes that choose the place within the shard.
  return shards_[std::to_integer<std::size_t>(hash.back()) % kShards];
}

std::optional<CallerCache::Answer> CallerCache::find(const base::Sha256& hash,
                                                     base::Timestamp now) {
  auto answer = recall(hash, now);
  answer ? metrics_.hit() : metrics_.miss();
  return answer;
}

std::optional<CallerCache::Answer> CallerCache::recall(const base::Sha256& hash,
                                                       base::Timestamp now) {
  auto& shard = shard_of(hash);
  const std::lock_guard lock(shard.mutex);
  for (const auto* entries : {&shard.young, &shard.old}) {
    const auto found = entries->find(hash);
    if (found == entries->end()) continue;
    const auto& [answer, asked_at] = found->second;
    if (is_fresh(asked_at, now) && !has_ended(answer, now)) return answer;
  }
  return std::nullopt;
}

void CallerCache::remember(const base::Sha256& hash, Answer answer, base::Timestamp asked_at,
                           std::uint64_t begun) {
  auto& shard = shard_of(hash);
  const std::lock_guard lock(shard.mutex);
  // Compared under the mutex that forgetting takes after it has counted.
  if (begun != forgotten_.load()) return;
  if (shard.young.size() >= kGeneration || asked_at - shard.turned_at >= kFresh) {
    shard.old = std::exchange(shard.young, {});
    shard.turned_at = asked_at;
  }
  shard.young.insert_or_assign(hash, Entry{.answer = std::move(answer), .asked_at = asked_at});
}

void CallerCache::forget(const base::Sha256& hash) {
  ++forgotten_;
  auto& shard = shard_of(hash);
  const std::lock_guard lock(shard.mutex);
  shard.young.erase(hash);
  shard.old.erase(hash);
}

void CallerCache::forget_if(const std::function<bool(const domain::AnyCaller&)>& is_gone) {
  ++forgotten_;
  const auto matches = [&](const auto& entry) {
    const Answer& answer = entry.second.answer;
    return answer && is_gone(*answer);
  };
  for (auto& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    std::erase_if(shard.young, matches);
    std::erase_if(shard.old, matches);
  }
}

std::size_t CallerCache::size() {
  std::size_t size = 0;
  for (auto& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    size += shard.young.size() + shard.old.size();
  }
  return size;
}

}  // namespace pixelvault::services
