#include "adapters/sql/project_emptying.hpp"

#include "adapters/sql/columns.hpp"
#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

namespace {

struct IdRow {
  std::string id;
};

void read_into(soci::statement& statement, IdRow& row) { statement.exchange(into(row.id)); }

domain::ProjectId to_project_id(const IdRow& row) { return to_id<domain::ProjectId>(row.id); }

}  // namespace

void note_image_of_deleted(Session& session, const domain::ProjectId& project) {
  const std::string id = project.to_string();
  run(session, "UPDATE projects SET to_empty = 1 WHERE id = :id AND deleted_at IS NOT NULL",
      use(id));
}

void refresh_to_empty(Session& session, const domain::ProjectId& project) {
  const std::string id = project.to_string();
  run(session,
      "UPDATE projects SET to_empty = CASE WHEN EXISTS (SELECT 1 FROM images "
      "WHERE images.project_id = :id AND images.deleted_at IS NULL) THEN 1 ELSE 0 END "
      "WHERE id = :id AND deleted_at IS NOT NULL",
      use(id, "id"));
}

std::vector<domain::ProjectId> select_to_empty(Session& session, std::uint32_t limit) {
  const long long most = limit;
  return select_all<IdRow>(session,
                           "SELECT id FROM projects WHERE to_empty = 1 ORDER BY id LIMIT :limit",
                           to_project_id, use(most));
}

}  // namespace pixelvault::adapters::sql
