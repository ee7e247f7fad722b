#include "adapters/sql/export_store.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "adapters/sql/columns.hpp"
#include "adapters/sql/export_row.hpp"
#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

base::task<bool> SqlExportStore::add(domain::Export job) {
  return database_.write([row = to_row(job)](Session& session) {
    std::string added;
    return run(
        session,
        fmt::format(
            "INSERT INTO exports ({}, leased_until) VALUES (:id, :project, :environment, :status, "
            ":error, :running, :image_count, :processed_count, :bytes, :created_at, :expires_at, "
            "0) "
            "ON CONFLICT (project_id, environment) WHERE running = 1 DO NOTHING RETURNING id",
            kExportColumns),
        use(row.id), use(row.project), use(row.environment), use(row.status), use(row.error),
        use(row.running), use(row.image_count), use(row.processed_count), use(row.bytes),
        use(row.created_at), use(row.expires_at), into(added));
  });
}

base::task<std::optional<domain::Export>> SqlExportStore::find(domain::ProjectId project,
                                                               domain::Environment environment,
                                                               domain::ExportId id) {
  return database_.read([=](Session& session) {
    const std::string job = id.to_string();
    const std::string owner = project.to_string();
    const std::string place = to_column(environment);
    return select_one<ExportRow>(session,
                                 fmt::format("SELECT {} FROM exports WHERE id = :id AND project_id "
                                             "= :project AND environment = :environment",
                                             kExportColumns),
                                 to_export, use(job), use(owner), use(place));
  });
}

base::task<std::optional<domain::Export>> SqlExportStore::lease(base::Timestamp now,
                                                                base::Timestamp leased_until) {
  return database_.write([=](Session& session) {
    const long long at = base::to_unix_millis(now);
    const long long until = base::to_unix_millis(leased_until);
    return select_one<ExportRow>(
        session,
        fmt::format("UPDATE exports SET status = 'processing', leased_until = :until WHERE id = "
                    "(SELECT id FROM exports WHERE running = 1 AND leased_until <= :now "
                    "ORDER BY id LIMIT 1) RETURNING {}",
                    kExportColumns),
        to_export, use(until), use(at));
  });
}

base::task<std::uint32_t> SqlExportStore::end_leases() {
  return database_.write([](Session& session) {
    return changed_rows(
        session, "UPDATE exports SET leased_until = 0 WHERE running = 1 AND leased_until > 0");
  });
}

base::task<void> SqlExportStore::update(domain::Export job, base::Timestamp leased_until) {
  return database_.write([row = to_row(job), leased_until](Session& session) {
    const long long until = base::to_unix_millis(leased_until);
    run(session,
        "UPDATE exports SET status = :status, error = :error, running = :running, "
        "image_count = :image_count, processed_count = :processed_count, bytes = :bytes, "
        "leased_until = :until WHERE id = :id",
        use(row.status), use(row.error), use(row.running), use(row.image_count),
        use(row.processed_count), use(row.bytes), use(until), use(row.id));
  });
}

base::task<std::uint32_t> SqlExportStore::forget_expired(base::Timestamp time,
                                                         std::uint32_t limit) {
  return database_.write([=](Session& session) {
    const long long end = base::to_unix_millis(time);
    const long long most = limit;
    return changed_rows(session,
                        "DELETE FROM exports WHERE id IN (SELECT id FROM exports "
                        "WHERE expires_at < :end ORDER BY expires_at, id LIMIT :limit)",
                        use(end), use(most));
  });
}

}  // namespace pixelvault::adapters::sql
