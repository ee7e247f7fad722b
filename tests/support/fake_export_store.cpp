#include "support/fake_export_store.hpp"

#include <utility>

namespace pixelvault::support {

namespace {

bool is_running(const domain::Export& job) {
  return job.status == domain::ExportStatus::Pending ||
         job.status == domain::ExportStatus::Processing;
}

}  // namespace

base::task<bool> FakeExportStore::add(domain::Export job) {
  const std::lock_guard lock(records_->mutex);
  for (const auto& [id, other] : records_->exports) {
    const bool beside =
        other.job.project == job.project && other.job.environment == job.environment;
    if (beside && is_running(other.job)) co_return false;
  }
  const auto id = job.id;
  records_->exports.emplace(id, FakeRecords::Job{.job = std::move(job)});
  co_return true;
}

base::task<std::optional<domain::Export>> FakeExportStore::find(domain::ProjectId project,
                                                                domain::Environment environment,
                                                                domain::ExportId id) {
  const std::lock_guard lock(records_->mutex);
  const auto found = records_->exports.find(id);
  if (found == records_->exports.end()) co_return std::nullopt;
  const auto& job = found->second.job;
  if (job.project != project || job.environment != environment) co_return std::nullopt;
  co_return job;
}

base::task<std::optional<domain::Export>> FakeExportStore::lease(base::Timestamp now,
                                                                 base::Timestamp leased_until) {
  const std::lock_guard lock(records_->mutex);
  for (auto& [id, stored] : records_->exports) {
    if (!is_running(stored.job) || stored.leased_until > now) continue;
    stored.job.status = domain::ExportStatus::Processing;
    stored.leased_until = leased_until;
    co_return stored.job;
  }
  co_return std::nullopt;
}

base::task<std::uint32_t> FakeExportStore::end_leases() {
  const std::lock_guard lock(records_->mutex);
  std::uint32_t ended = 0;
  for (auto& [id, stored] : records_->exports) {
    if (!is_running(stored.job) || stored.leased_until == base::Timestamp{}) continue;
    stored.leased_until = {};
    ++ended;
  }
  co_return ended;
}

base::task<void> FakeExportStore::update(domain::Export job, base::Timestamp leased_until) {
  const std::lock_guard lock(records_->mutex);
  const auto found = records_->exports.find(job.id);
  if (found == records_->exports.end()) co_return;
  auto& stored = found->second;
  stored.job.status = job.status;
  stored.job.image_count = job.image_count;
  stored.job.processed_count = job.processed_count;
  stored.job.bytes = job.bytes;
  stored.job.error = std::move(job.error);
  stored.leased_until = leased_until;
}

base::task<std::uint32_t> FakeExportStore::forget_expired(base::Timestamp time,
                                                          std::uint32_t limit) {
  const std::lock_guard lock(records_->mutex);
  std::uint32_t forgotten = 0;
  std::erase_if(records_->exports, [&](const auto& entry) {
    return entry.second.job.expires_at < time && forgotten < limit && ++forgotten > 0;
  });
  co_return forgotten;
}

}  // namespace pixelvault::support
