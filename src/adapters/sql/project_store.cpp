#include "adapters/sql/project_store.hpp"

#include <fmt/format.h>

#include <utility>

#include "adapters/sql/project_emptying.hpp"
#include "adapters/sql/project_row.hpp"
#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

namespace {

/// The living project `:id` of the account `:account`.
constexpr const char* kOwnLiving = "id = :id AND account_id = :account AND deleted_at IS NULL";

std::uint64_t count_living(Session& session, const domain::AccountId& account) {
  const std::string id = account.to_string();
  long long count = 0;
  run(session, "SELECT COUNT(*) FROM projects WHERE account_id = :account AND deleted_at IS NULL",
      use(id), into(count));
  return static_cast<std::uint64_t>(count);
}

}  // namespace

base::task<bool> SqlProjectStore::add(domain::Project project, std::optional<std::uint64_t> limit) {
  return database_.write([project = std::move(project), limit](Session& session) {
    if (limit && count_living(session, project.account) >= *limit) return false;
    insert_project(session, project);
    return true;
  });
}

base::task<std::vector<domain::Project>> SqlProjectStore::list(domain::AccountId account) {
  return database_.read([=](Session& session) {
    const std::string id = account.to_string();
    return select_all<ProjectRow>(session,
                                  fmt::format("SELECT {} FROM projects WHERE account_id = :account "
                                              "AND deleted_at IS NULL ORDER BY id",
                                              kProjectColumns),
                                  to_project, use(id));
  });
}

base::task<std::optional<domain::Project>> SqlProjectStore::find(domain::AccountId account,
                                                                 domain::ProjectId project) {
  return database_.read([=](Session& session) {
    const std::string id = project.to_string();
    const std::string owner = account.to_string();
    return select_one<ProjectRow>(
        session, fmt::format("SELECT {} FROM projects WHERE {}", kProjectColumns, kOwnLiving),
        to_project, use(id), use(owner));
  });
}

base::task<std::optional<domain::Project>> SqlProjectStore::rename(domain::AccountId account,
                                                                   domain::ProjectId project,
                                                                   std::string name) {
  return database_.write([=](Session& session) {
    const std::string id = project.to_string();
    const std::string owner = account.to_string();
    return select_one<ProjectRow>(session,
                                  fmt::format("UPDATE projects SET name = :name WHERE {} "
                                              "RETURNING {}",
                                              kOwnLiving, kProjectColumns),
                                  to_project, use(name), use(id), use(owner));
  });
}

base::task<bool> SqlProjectStore::mark_deleted(domain::AccountId account, domain::ProjectId project,
                                               base::Timestamp now) {
  return database_.write([=](Session& session) {
    const std::string id = project.to_string();
    const std::string owner = account.to_string();
    const long long deleted_at = base::to_unix_millis(now);
    std::string deleted;
    const bool found =
        run(session,
            fmt::format("UPDATE projects SET deleted_at = :now WHERE {} RETURNING id", kOwnLiving),
            use(deleted_at), use(id), use(owner), into(deleted));
    if (!found) return false;
    refresh_to_empty(session, project);
    return true;
  });
}

base::task<std::vector<domain::ProjectId>> SqlProjectStore::list_unemptied(std::uint32_t limit) {
  return database_.read([=](Session& session) { return select_to_empty(session, limit); });
}

}  // namespace pixelvault::adapters::sql
