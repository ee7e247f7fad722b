// The upkeep half of the fake image store.
#include <algorithm>
#include <ranges>
#include <utility>

#include "support/fake_image_store.hpp"

namespace pixelvault::support {

void FakeImageStore::bury(domain::Image& image, base::Timestamp now) {
  if (image.deleted_at) return;
  image.deleted_at = now;
  records_->removals.try_emplace(domain::image_path(image), now);
  std::erase_if(records_->fingerprints,
                [&](const auto& entry) { return entry.second.image == image.id; });
}

template <class Predicate>
std::uint32_t FakeImageStore::bury_where(Predicate chosen, base::Timestamp now,
                                         std::uint32_t limit) {
  std::uint32_t buried = 0;
  for (auto& [id, image] : records_->images) {
    if (buried == limit) break;
    if (image.deleted_at || !chosen(image)) continue;
    bury(image, now);
    ++buried;
  }
  return buried;
}

base::task<std::uint32_t> FakeImageStore::expire(base::Timestamp now, std::uint32_t limit) {
  const std::lock_guard lock(records_->mutex);
  const auto over = [&](const domain::Image& image) { return domain::is_gone(image, now); };
  co_return bury_where(over, now, limit);
}

base::task<std::uint32_t> FakeImageStore::empty_project(domain::ProjectId project,
                                                        base::Timestamp now, std::uint32_t limit) {
  const std::lock_guard lock(records_->mutex);
  const auto inside = [&](const domain::Image& image) { return image.project == project; };
  co_return bury_where(inside, now, limit);
}

base::task<std::uint32_t> FakeImageStore::forget_keys(base::Timestamp now, std::uint32_t limit) {
  const std::lock_guard lock(records_->mutex);
  std::uint32_t forgotten = 0;
  std::erase_if(records_->upload_keys, [&](const auto& entry) {
    return entry.second.expires_at <= now && forgotten < limit && ++forgotten > 0;
  });
  co_return forgotten;
}

base::task<std::vector<std::string>> FakeImageStore::lease_removals(base::Timestamp now,
                                                                    base::Timestamp leased_until,
                                                                    std::uint32_t limit) {
  const std::lock_guard lock(records_->mutex);
  std::vector<std::pair<base::Timestamp, std::string>> due;
  for (const auto& [key, due_at] : records_->removals) {
    if (due_at <= now) due.emplace_back(due_at, key);
  }
  std::ranges::sort(due);
  std::vector<std::string> keys;
  for (const auto& [due_at, key] : due | std::views::take(limit)) {
    records_->removals[key] = leased_until;
    keys.push_back(key);
  }
  co_return keys;
}

base::task<void> FakeImageStore::finish_removal(std::string key) {
  const std::lock_guard lock(records_->mutex);
  records_->removals.erase(key);
  co_return;
}

std::vector<std::string> FakeImageStore::removals() const {
  const std::lock_guard lock(records_->mutex);
  std::vector<std::string> keys;
  for (const auto& [key, due_at] : records_->removals) keys.push_back(key);
  return keys;
}

}  // namespace pixelvault::support
