#include "adapters/sql/inspection.hpp"

#include "adapters/sql/errors.hpp"
#include "adapters/sql/migrations.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/session.hpp"

namespace pixelvault::adapters::sql {

using soci::into;

namespace {

long long schema_of(Session& session) {
  int tables = 0;
  run(session, "SELECT COUNT(*) FROM sqlite_master WHERE name = 'schema_migrations'", into(tables));
  if (tables == 0) return 0;
  long long version = 0;
  run(session, "SELECT COALESCE(MAX(version), 0) FROM schema_migrations", into(version));
  return version;
}

std::string check(Session& session, Inspection inspection) {
  std::string answer;
  run(session,
      (inspection == Inspection::Deep ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)"),
      into(answer));
  return answer == "ok" ? "" : answer;
}

}  // namespace

DatabaseFacts inspect(const std::filesystem::path& database, Inspection inspection) {
  const auto session = open_reader(database, std::chrono::seconds(5));
  return folding([&] {
    DatabaseFacts facts{.schema = schema_of(*session),
                        .known_schema = migrations().back().version,
                        .journal_mode = {},
                        .complaint = {}};
    run(*session, "PRAGMA journal_mode", into(facts.journal_mode));
    facts.complaint = check(*session, inspection);
    return facts;
  });
}

}  // namespace pixelvault::adapters::sql
