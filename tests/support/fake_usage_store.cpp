#include "support/fake_usage_store.hpp"

namespace pixelvault::support {

base::task<domain::AccountUsage> FakeUsageStore::find(domain::AccountId account,
                                                      std::string month) {
  const std::lock_guard lock(records_->mutex);
  co_return records_->usage(account.to_string(), month);
}

base::task<void> FakeUsageStore::book_bandwidth(std::vector<ports::SentBytes> sent,
                                                std::string month) {
  const std::lock_guard lock(records_->mutex);
  for (const auto& [project, bytes] : sent) {
    if (!records_->projects.contains(project)) continue;
    records_->months[{records_->payer(project), month}].bandwidth_bytes += bytes;
  }
  co_return;
}

base::task<std::optional<ports::BandwidthUse>> FakeUsageStore::find_bandwidth(
    domain::ProjectId project, std::string month) {
  const std::lock_guard lock(records_->mutex);
  const auto found = records_->projects.find(project);
  if (found == records_->projects.end()) co_return std::nullopt;
  const auto& account = records_->accounts.at(found->second.project.account);
  const auto usage = records_->usage(account.id.to_string(), month);
  co_return ports::BandwidthUse{.plan = account.plan, .bytes = usage.bandwidth_bytes};
}

}  // namespace pixelvault::support
