#include "support/fake_key_store.hpp"

#include <algorithm>

namespace pixelvault::support {

bool FakeKeyStore::works(const domain::StoredKey& key, base::Timestamp now) const {
  const bool ended = key.revoked_at || (key.expires_at && *key.expires_at <= now);
  return !ended && records_->is_living(key.project);
}

base::task<std::optional<domain::Caller>> FakeKeyStore::find_caller(base::Sha256 key_hash,
                                                                    base::Timestamp now) {
  const std::lock_guard lock(records_->mutex);
  for (const auto& [id, key] : records_->keys) {
    if (key.hash != key_hash || !works(key, now)) continue;
    const auto& account = records_->accounts.at(records_->projects.at(key.project).project.account);
    co_return domain::Caller{.account = account.id,
                             .project = key.project,
                             .key = id,
                             .environment = key.environment,
                             .plan = account.plan,
                             .scopes = key.scopes};
  }
  co_return std::nullopt;
}

base::task<void> FakeKeyStore::add(domain::StoredKey key) {
  const std::lock_guard lock(records_->mutex);
  records_->keys.emplace(key.id, key);
  co_return;
}

base::task<void> FakeKeyStore::rotate(domain::StoredKey key, base::Timestamp others_until) {
  const std::lock_guard lock(records_->mutex);
  for (auto& [id, other] : records_->keys) {
    const bool rotated = other.origin == domain::KeyOrigin::Rotation && !other.revoked_at;
    const bool beside = other.project == key.project && other.environment == key.environment;
    if (!rotated || !beside) continue;
    other.expires_at = std::min(other.expires_at.value_or(others_until), others_until);
  }
  records_->keys.emplace(key.id, key);
  co_return;
}

base::task<std::vector<domain::StoredKey>> FakeKeyStore::list(domain::ProjectId project,
                                                              base::Timestamp now) {
  const std::lock_guard lock(records_->mutex);
  std::vector<domain::StoredKey> keys;
  for (const auto& [id, key] : records_->keys) {
    if (key.project == project && works(key, now)) keys.push_back(key);
  }
  co_return keys;
}

base::task<std::optional<domain::StoredKey>> FakeKeyStore::find(domain::ProjectId project,
                                                                domain::KeyId key) {
  const std::lock_guard lock(records_->mutex);
  const auto found = records_->keys.find(key);
  if (found == records_->keys.end() || found->second.project != project) co_return std::nullopt;
  co_return found->second;
}

base::task<bool> FakeKeyStore::revoke(domain::ProjectId project, domain::KeyId key,
                                      base::Timestamp now) {
  const std::lock_guard lock(records_->mutex);
  const auto found = records_->keys.find(key);
  if (found == records_->keys.end() || found->second.project != project) co_return false;
  if (!found->second.revoked_at) found->second.revoked_at = now;
  co_return true;
}

base::task<std::uint32_t> FakeKeyStore::revoke_all(domain::AccountId account, base::Timestamp now) {
  const std::lock_guard lock(records_->mutex);
  std::uint32_t worked = 0;
  for (auto& [id, key] : records_->keys) {
    const auto project = records_->projects.find(key.project);
    if (project == records_->projects.end()) continue;
    if (project->second.project.account != account || key.revoked_at) continue;
    worked += works(key, now) ? 1 : 0;
    key.revoked_at = now;
  }
  co_return worked;
}

base::task<void> FakeKeyStore::note_uses(std::vector<ports::KeyUse> uses) {
  const std::lock_guard lock(records_->mutex);
  for (const auto& use : uses) {
    const auto found = records_->keys.find(use.key);
    if (found == records_->keys.end()) continue;
    auto& last = found->second.last_used_at;
    last = std::max(last.value_or(use.at), use.at);
  }
  co_return;
}

std::vector<domain::StoredKey> FakeKeyStore::keys() const {
  const std::lock_guard lock(records_->mutex);
  std::vector<domain::StoredKey> all;
  for (const auto& [id, key] : records_->keys) all.push_back(key);
  return all;
}

}  // namespace pixelvault::support
