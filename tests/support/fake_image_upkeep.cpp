// The upkeep half of the fake image store.
#include <algorithm>
#include <ranges>
#include <utility>

#include "support/fake_image_store.hpp"

namespace pixelvault::support {

void FakeImageStore::bury(domain::Image& image, base::Timestamp now) {
  if (image.deleted_at) return;
  image.deleted_at = now;
  records_->removals.try_emplace(ports::blob_of(image), FakeRecords::Removal{.due_at = now});
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

base::task<std::vector<ports::BlobRef>> FakeImageStore::lease_removals(base::Timestamp now,
                                                                       base::Timestamp leased_until,
                                                                       std::uint32_t limit) {
  const std::lock_guard lock(records_->mutex);
  std::vector<std::pair<base::Timestamp, ports::BlobRef>> due;
  for (const auto& [blob, removal] : records_->removals) {
    if (removal.due_at <= now) due.emplace_back(removal.due_at, blob);
  }
  std::ranges::sort(due);
  std::vector<ports::BlobRef> blobs;
  for (const auto& [due_at, blob] : due | std::views::take(limit)) {
    auto& removal = records_->removals.at(blob);
    removal.due_at = now + (leased_until - now) * (1 << std::min(removal.attempts++, 4));
    blobs.push_back(blob);
  }
  co_return blobs;
}

base::task<std::uint32_t> FakeImageStore::end_leases(base::Timestamp now) {
  const std::lock_guard lock(records_->mutex);
  std::uint32_t ended = 0;
  for (auto& [blob, removal] : records_->removals) {
    if (removal.attempts == 0 || removal.due_at <= now) continue;
    removal.due_at = now;
    ++ended;
  }
  co_return ended;
}

base::task<void> FakeImageStore::finish_removal(ports::BlobRef blob) {
  const std::lock_guard lock(records_->mutex);
  records_->removals.erase(blob);
  co_return;
}

std::vector<std::string> FakeImageStore::removals() const {
  const std::lock_guard lock(records_->mutex);
  std::vector<std::string> keys;
  for (const auto& [blob, removal] : records_->removals) keys.push_back(blob.key);
  return keys;
}

}  // namespace pixelvault::support
