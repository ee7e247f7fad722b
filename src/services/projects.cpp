#include "services/projects.hpp"

#include <utility>

#include "base/log.hpp"
#include "base/unavailable.hpp"
#include "domain/name.hpp"
#include "services/mint.hpp"
#include "services/quota_metrics.hpp"

namespace pixelvault::services {

using domain::ErrorCode;
using domain::Project;
using domain::Result;

namespace {

// What one request empties at most, so that its answer does not take for ever.
constexpr std::uint32_t kBatch = 500;
constexpr int kBatches = 10;

std::unexpected<domain::Error> over_quota(std::uint64_t limit, std::uint64_t used) {
  count_refusal(domain::Quota::Projects);
  return domain::fail(
      {.code = ErrorCode::ProjectQuotaExceeded,
       .message = "The plan has no room for another project: delete one, or change the plan.",
       .limit = limit,
       .actual = used});
}

std::unexpected<domain::Error> not_confirmed() {
  return domain::fail({.code = ErrorCode::InvalidRequest,
                       .message = "Deleting a project deletes its images: repeat its exact name as "
                                  "?confirm=<name>.",
                       .param = "confirm"});
}

}  // namespace

std::unexpected<domain::Error> project_not_found() {
  return domain::fail({.code = ErrorCode::ProjectNotFound,
                       .message = "There is no project with this id in this account."});
}

Result<domain::ProjectId> parse_project_id(std::string_view text) {
  const auto id = domain::ProjectId::parse(text);
  if (!id) return project_not_found();
  return *id;
}

base::task<std::vector<Project>> ProjectService::list(const domain::SessionCaller& caller) {
  return use_.projects.list(caller.account);
}

base::task<Result<Project>> ProjectService::create(domain::SessionCaller caller, std::string name) {
  auto parsed = domain::parse_project_name(name);
  if (!parsed) co_return std::unexpected(parsed.error());
  const auto now = use_.clock.now();
  const Project project{.id = mint_id<domain::ProjectId>(now, use_.random),
                        .account = caller.account,
                        .name = *std::move(parsed),
                        .created_at = now};
  const auto limit = plans_.of(caller.plan).projects;
  const bool added = co_await use_.projects.add(project, limit);
  if (added) co_return project;
  const auto existing = co_await use_.projects.list(caller.account);
  co_return over_quota(limit.value_or(0), existing.size());
}

base::task<Result<Project>> ProjectService::get(domain::SessionCaller caller, std::string_view id) {
  const auto project = parse_project_id(id);
  if (!project) co_return std::unexpected(project.error());
  auto found = co_await use_.projects.find(caller.account, *project);
  if (!found) co_return project_not_found();
  co_return *std::move(found);
}

base::task<Result<Project>> ProjectService::rename(domain::SessionCaller caller,
                                                   std::string_view id, std::string name) {
  const auto project = parse_project_id(id);
  if (!project) co_return std::unexpected(project.error());
  auto parsed = domain::parse_project_name(name);
  if (!parsed) co_return std::unexpected(parsed.error());
  auto renamed = co_await use_.projects.rename(caller.account, *project, *std::move(parsed));
  if (!renamed) co_return project_not_found();
  co_return *std::move(renamed);
}

base::task<Result<ProjectService::Deleted>> ProjectService::remove(domain::SessionCaller caller,
                                                                   std::string_view id,
                                                                   std::string confirmed_name) {
  const auto project = co_await get(caller, id);
  if (!project) co_return std::unexpected(project.error());
  if (project->name != confirmed_name) co_return not_confirmed();
  const bool marked =
      co_await use_.projects.mark_deleted(caller.account, project->id, use_.clock.now());
  use_.authentication.forget_project(project->id);
  if (!marked) co_return project_not_found();
  const bool emptied = co_await empty(project->id);
  co_return Deleted{.id = project->id, .emptied = emptied};
}

/// Whether nothing is left. The project is deleted already: what fails here is the janitor's.
base::task<bool> ProjectService::empty(domain::ProjectId project) {
  try {
    for (int batch = 0; batch < kBatches; ++batch) {
      const auto removed = co_await use_.images.empty_project(project, use_.clock.now(), kBatch);
      if (removed < kBatch) co_return true;
    }
  } catch (const base::Unavailable& failure) {
    spdlog::error("project {} is not emptied yet: {}", project.to_string(), failure.what());
  }
  co_return false;
}

}  // namespace pixelvault::services
