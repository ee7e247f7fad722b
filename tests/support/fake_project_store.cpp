#include "support/fake_project_store.hpp"

#include <algorithm>
#include <utility>

namespace pixelvault::support {

FakeRecords::Project* FakeProjectStore::living(const domain::AccountId& account,
                                               const domain::ProjectId& project) {
  const auto found = records_->projects.find(project);
  if (found == records_->projects.end() || found->second.deleted_at) return nullptr;
  return found->second.project.account == account ? &found->second : nullptr;
}

base::task<bool> FakeProjectStore::add(domain::Project project,
                                       std::optional<std::uint64_t> limit) {
  const std::lock_guard lock(records_->mutex);
  const auto had = std::ranges::count_if(records_->projects, [&](const auto& entry) {
    return living(project.account, entry.first) != nullptr;
  });
  if (limit && static_cast<std::uint64_t>(had) >= *limit) co_return false;
  records_->projects.emplace(project.id, FakeRecords::Project{project});
  co_return true;
}

base::task<std::vector<domain::Project>> FakeProjectStore::list(domain::AccountId account) {
  const std::lock_guard lock(records_->mutex);
  std::vector<domain::Project> projects;
  for (const auto& [id, stored] : records_->projects) {
    if (living(account, id) != nullptr) projects.push_back(stored.project);
  }
  co_return projects;
}

base::task<std::optional<domain::Project>> FakeProjectStore::find(domain::AccountId account,
                                                                  domain::ProjectId project) {
  const std::lock_guard lock(records_->mutex);
  const auto* found = living(account, project);
  if (found == nullptr) co_return std::nullopt;
  co_return found->project;
}

base::task<std::optional<domain::Project>> FakeProjectStore::rename(domain::AccountId account,
                                                                    domain::ProjectId project,
                                                                    std::string name) {
  const std::lock_guard lock(records_->mutex);
  auto* found = living(account, project);
  if (found == nullptr) co_return std::nullopt;
  found->project.name = std::move(name);
  co_return found->project;
}

base::task<bool> FakeProjectStore::mark_deleted(domain::AccountId account,
                                                domain::ProjectId project, base::Timestamp now) {
  const std::lock_guard lock(records_->mutex);
  auto* found = living(account, project);
  if (found == nullptr) co_return false;
  found->deleted_at = now;
  co_return true;
}

base::task<std::vector<domain::ProjectId>> FakeProjectStore::list_unemptied(std::uint32_t limit) {
  const std::lock_guard lock(records_->mutex);
  std::vector<domain::ProjectId> projects;
  for (const auto& [id, stored] : records_->projects) {
    const bool has_images = std::ranges::any_of(records_->images, [&](const auto& entry) {
      return entry.second.project == id && !entry.second.deleted_at;
    });
    if (stored.deleted_at && has_images && projects.size() < limit) projects.push_back(id);
  }
  co_return projects;
}

}  // namespace pixelvault::support
