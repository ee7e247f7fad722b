#include "adapters/sql/project_row.hpp"

#include "adapters/sql/columns.hpp"

#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

domain::Project to_project(const ProjectRow& row) {
  return {.id = to_id<domain::ProjectId>(row.id),
          .account = to_id<domain::AccountId>(row.account),
          .name = row.name,
          .created_at = base::from_unix_millis(row.created_at)};
}

void read_into(soci::statement& statement, ProjectRow& row) {
  statement.exchange(into(row.id));
  statement.exchange(into(row.account));
  statement.exchange(into(row.name));
  statement.exchange(into(row.created_at));
}

void insert_project(Session& session, const domain::Project& project) {
  const std::string id = project.id.to_string();
  const std::string account = project.account.to_string();
  const long long created_at = base::to_unix_millis(project.created_at);
  run(session,
      "INSERT INTO projects (id, account_id, name, created_at) "
      "VALUES (:id, :account_id, :name, :created_at)",
      use(id), use(account), use(project.name), use(created_at));
}

}  // namespace pixelvault::adapters::sql
