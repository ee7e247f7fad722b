#include "support/fake_image_store.hpp"

#include <algorithm>
#include <ranges>
#include <stdexcept>
#include <utility>

namespace pixelvault::support {

base::task<void> FakeImageStore::insert(domain::Image image) {
  const std::lock_guard lock(mutex_);
  const auto id = image.id;
  if (!images_.try_emplace(id, std::move(image)).second) {
    throw std::logic_error("images: the id is in use");
  }
  co_return;
}

base::task<std::optional<domain::Image>> FakeImageStore::find(domain::ProjectId project,
                                                              domain::ImageId image) {
  const std::lock_guard lock(mutex_);
  const auto found = images_.find(image);
  if (found == images_.end() || found->second.project != project) co_return std::nullopt;
  co_return found->second;
}

base::task<ports::ImagePage> FakeImageStore::list(ports::ImageQuery query) {
  const std::lock_guard lock(mutex_);
  const auto all = newest_first(query);
  ports::ImagePage page;
  page.total = all.size();
  std::uint64_t skipped = 0;
  for (const auto& image : all) {
    if (query.before && !(image.id < *query.before)) continue;
    if (skipped++ < query.skip) continue;
    page.more = page.images.size() == query.limit;
    if (page.more) break;
    page.images.push_back(image);
  }
  co_return page;
}

base::task<std::optional<domain::Image>> FakeImageStore::mark_deleted(
    domain::ProjectId project, domain::Environment environment, domain::ImageId image,
    base::Timestamp now) {
  const std::lock_guard lock(mutex_);
  const auto found = images_.find(image);
  if (found == images_.end() || found->second.project != project ||
      found->second.environment != environment) {
    co_return std::nullopt;
  }
  if (!found->second.deleted_at) {
    found->second.deleted_at = now;
    removals_.try_emplace(domain::image_path(found->second), now);
  }
  co_return found->second;
}

base::task<std::vector<std::string>> FakeImageStore::lease_removals(base::Timestamp now,
                                                                    base::Timestamp leased_until,
                                                                    std::uint32_t limit) {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<base::Timestamp, std::string>> due;
  for (const auto& [key, due_at] : removals_) {
    if (due_at <= now) due.emplace_back(due_at, key);
  }
  std::ranges::sort(due);
  std::vector<std::string> keys;
  for (const auto& [due_at, key] : due | std::views::take(limit)) {
    removals_[key] = leased_until;
    keys.push_back(key);
  }
  co_return keys;
}

base::task<void> FakeImageStore::finish_removal(std::string key) {
  const std::lock_guard lock(mutex_);
  removals_.erase(key);
  co_return;
}

std::vector<domain::Image> FakeImageStore::images() const {
  const std::lock_guard lock(mutex_);
  std::vector<domain::Image> images;
  for (const auto& [id, image] : images_) images.push_back(image);
  return images;
}

std::vector<std::string> FakeImageStore::removals() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> keys;
  for (const auto& [key, due_at] : removals_) keys.push_back(key);
  return keys;
}

std::vector<domain::Image> FakeImageStore::newest_first(const ports::ImageQuery& query) const {
  std::vector<domain::Image> images;
  for (const auto& [id, image] : images_ | std::views::reverse) {
    if (image.project != query.project || image.environment != query.environment) continue;
    if (query.folder && image.folder != *query.folder) continue;
    if (!image.deleted_at) images.push_back(image);
  }
  return images;
}

}  // namespace pixelvault::support
