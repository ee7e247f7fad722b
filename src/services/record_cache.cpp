#include "services/record_cache.hpp"

#include <utility>

namespace pixelvault::services {

namespace {

/// Nothing is fresh that comes from the future: somebody has set the clock.
bool is_fresh(base::Timestamp asked_at, base::Timestamp now, std::chrono::seconds limit) {
  return asked_at <= now && now - asked_at < limit;
}

}  // namespace

base::task<RecordCache::Record> RecordCache::find(domain::ProjectId project,
                                                  domain::ImageId image) {
  const Key key{.project = project, .image = image};
  const auto now = clock_.now();
  if (auto entry = records_.find(key); entry && is_fresh(entry->asked_at, now, kFresh)) {
    metrics_.hit();
    co_return std::move(entry->record);
  }
  const auto absent_since = absences_.find(key);
  if (absent_since && is_fresh(*absent_since, now, kFreshAbsence)) {
    metrics_.hit();
    co_return nullptr;
  }
  metrics_.miss();
  co_return co_await ask(key, now);
}

void RecordCache::forget(domain::ProjectId project, domain::ImageId image) {
  ++changes_;
  records_.erase({.project = project, .image = image});
}

void RecordCache::forget_all() {
  ++changes_;
  records_.clear();
}

base::task<RecordCache::Record> RecordCache::ask(Key key, base::Timestamp now) {
  const auto begun = changes_.load();
  auto found = co_await images_.find(key.project, key.image);
  if (!found) {
    absences_.put(key, now);
    co_return nullptr;
  }
  auto record = std::make_shared<const Kept>(*std::move(found));
  if (changes_.load() != begun) co_return record;
  records_.put(key, {.record = record, .asked_at = now});
  // A change that was told of between the two lines above has found nothing to erase.
  if (changes_.load() != begun) records_.erase(key);
  co_return record;
}

}  // namespace pixelvault::services
