#include "adapters/sql/key_store.hpp"

#include <fmt/format.h>

#include <utility>

#include "adapters/sql/columns.hpp"
#include "adapters/sql/key_row.hpp"
#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

namespace {

/// A key that works at `:now`; its project must be joined.
constexpr const char* kWorks =
    "api_keys.revoked_at IS NULL AND (api_keys.expires_at IS NULL OR api_keys.expires_at > :now) "
    "AND projects.deleted_at IS NULL";

void retire_rotated(Session& session, const domain::StoredKey& successor, base::Timestamp until) {
  const std::string project = successor.project.to_string();
  const std::string environment = to_column(successor.environment);
  const long long end = base::to_unix_millis(until);
  run(session,
      "UPDATE api_keys SET expires_at = :end WHERE project_id = :project AND "
      "environment = :environment AND origin = 'rotation' AND revoked_at IS NULL AND "
      "(expires_at IS NULL OR expires_at > :end)",
      use(end, "end"), use(project, "project"), use(environment, "environment"));
}

std::uint32_t count_working(Session& session, const std::string& account, long long now) {
  long long count = 0;
  run(session,
      fmt::format(
          "SELECT COUNT(*) FROM projects JOIN api_keys ON api_keys.project_id = projects.id "
          "WHERE projects.account_id = :account AND {}",
          kWorks),
      use(account), use(now), into(count));
  return static_cast<std::uint32_t>(count);
}

void note_use(Session& session, const ports::KeyUse& noted) {
  const std::string id = noted.key.to_string();
  const long long at = base::to_unix_millis(noted.at);
  run(session,
      "UPDATE api_keys SET last_used_at = :at WHERE id = :id AND "
      "(last_used_at IS NULL OR last_used_at < :at)",
      use(at, "at"), use(id, "id"));
}

struct CallerRow {
  std::string account, project, key, environment, plan, scopes;
};

void read_into(soci::statement& statement, CallerRow& row) {
  statement.exchange(into(row.account));
  statement.exchange(into(row.project));
  statement.exchange(into(row.key));
  statement.exchange(into(row.environment));
  statement.exchange(into(row.plan));
  statement.exchange(into(row.scopes));
}

domain::Caller to_caller(const CallerRow& row) {
  return {.account = to_id<domain::AccountId>(row.account),
          .project = to_id<domain::ProjectId>(row.project),
          .key = to_id<domain::KeyId>(row.key),
          .environment = to_environment(row.environment),
          .plan = row.plan,
          .scopes = to_scopes(row.scopes)};
}

std::optional<domain::Caller> select_caller(Session& session, const base::Sha256& key_hash,
                                            base::Timestamp now) {
  static const std::string sql = fmt::format(
      "SELECT accounts.id, projects.id, api_keys.id, api_keys.environment, accounts.plan, "
      "api_keys.scopes FROM api_keys JOIN projects ON projects.id = api_keys.project_id "
      "JOIN accounts ON accounts.id = projects.account_id WHERE api_keys.hash = :hash AND {}",
      kWorks);
  const std::string hash = to_column(key_hash);
  const long long at = base::to_unix_millis(now);
  return select_one<CallerRow>(session, sql, to_caller, use(hash), use(at));
}

}  // namespace

base::task<std::optional<domain::Caller>> SqlKeyStore::find_caller(base::Sha256 key_hash,
                                                                   base::Timestamp now) {
  return database_.read([=](Session& session) { return select_caller(session, key_hash, now); });
}

base::task<void> SqlKeyStore::add(domain::StoredKey key) {
  return database_.write([key = std::move(key)](Session& session) { insert_key(session, key); });
}

base::task<void> SqlKeyStore::rotate(domain::StoredKey key, base::Timestamp others_until) {
  return database_.write([key = std::move(key), others_until](Session& session) {
    retire_rotated(session, key, others_until);
    insert_key(session, key);
  });
}

base::task<std::vector<domain::StoredKey>> SqlKeyStore::list(domain::ProjectId project,
                                                             base::Timestamp now) {
  return database_.read([=](Session& session) {
    const std::string id = project.to_string();
    const long long at = base::to_unix_millis(now);
    return select_all<KeyRow>(
        session,
        fmt::format("SELECT {} FROM api_keys JOIN projects ON projects.id = api_keys.project_id "
                    "WHERE api_keys.project_id = :project AND {} ORDER BY api_keys.id",
                    kKeyColumns, kWorks),
        to_key, use(id), use(at));
  });
}

base::task<std::optional<domain::StoredKey>> SqlKeyStore::find(domain::ProjectId project,
                                                               domain::KeyId key) {
  return database_.read([=](Session& session) {
    const std::string id = key.to_string();
    const std::string owner = project.to_string();
    return select_one<KeyRow>(
        session,
        fmt::format("SELECT {} FROM api_keys WHERE id = :id AND project_id = :project",
                    kKeyColumns),
        to_key, use(id), use(owner));
  });
}

base::task<bool> SqlKeyStore::revoke(domain::ProjectId project, domain::KeyId key,
                                     base::Timestamp now) {
  return database_.write([=](Session& session) {
    const std::string id = key.to_string();
    const std::string owner = project.to_string();
    const long long at = base::to_unix_millis(now);
    std::string revoked;
    return run(session,
               "UPDATE api_keys SET revoked_at = COALESCE(revoked_at, :now) "
               "WHERE id = :id AND project_id = :project RETURNING id",
               use(at), use(id), use(owner), into(revoked));
  });
}

base::task<std::uint32_t> SqlKeyStore::revoke_all(domain::AccountId account, base::Timestamp now) {
  return database_.write([=](Session& session) {
    const std::string id = account.to_string();
    const long long at = base::to_unix_millis(now);
    const std::uint32_t worked = count_working(session, id, at);
    run(session,
        "UPDATE api_keys SET revoked_at = :now WHERE revoked_at IS NULL AND "
        "project_id IN (SELECT id FROM projects WHERE account_id = :account)",
        use(at), use(id));
    return worked;
  });
}

base::task<void> SqlKeyStore::note_uses(std::vector<ports::KeyUse> uses) {
  return database_.write([uses = std::move(uses)](Session& session) {
    for (const auto& noted : uses) note_use(session, noted);
  });
}

}  // namespace pixelvault::adapters::sql
