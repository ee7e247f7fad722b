#include "adapters/sql/migrations.hpp"

#include <fmt/format.h>

#include <string>

#include "base/unavailable.hpp"

namespace pixelvault::adapters::sql {

using base::Unavailable;

namespace {

long long current_version(soci::session& session) {
  long long version = 0;
  session << "SELECT COALESCE(MAX(version), 0) FROM schema_migrations", soci::into(version);
  return version;
}

void refuse_newer(long long found, long long known) {
  if (found <= known) return;
  throw Unavailable(Unavailable::Kind::Fail,
                    fmt::format("database: its schema has version {} and this program knows {}; "
                                "start the newer program, or restore a backup",
                                found, known));
}

void take(soci::session& session, const Migration& step) {
  for (const std::string_view statement : step.statements) session << std::string(statement);
  const std::string name(step.name);
  session << "INSERT INTO schema_migrations (version, name) VALUES (:version, :name)",
      soci::use(step.version), soci::use(name);
}

/// Looks again under the lock: another process may have taken the step in the meantime.
void take_unless_taken(soci::session& session, const Migration& step) {
  session << "BEGIN IMMEDIATE";
  try {
    if (current_version(session) < step.version) take(session, step);
    session << "COMMIT";
  } catch (...) {
    session << "ROLLBACK";
    throw;
  }
}

}  // namespace

void migrate(soci::session& session, std::span<const Migration> steps) {
  session << "CREATE TABLE IF NOT EXISTS schema_migrations ("
             "version BIGINT PRIMARY KEY, name TEXT NOT NULL)";
  refuse_newer(current_version(session), steps.empty() ? 0 : steps.back().version);
  for (const Migration& step : steps) {
    if (current_version(session) < step.version) take_unless_taken(session, step);
  }
}

}  // namespace pixelvault::adapters::sql
