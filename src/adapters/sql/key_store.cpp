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

void retire_rotated(soci::session& session, const domain::StoredKey& successor,
                    base::Timestamp until) {
  const std::string project = successor.project.to_string();
  const std::string environment = to_column(successor.environment);
  const long long end = base::to_unix_millis(until);
  session << "UPDATE api_keys SET expires_at = :end WHERE project_id = :project AND "
             "environment = :environment AND origin = 'rotation' AND revoked_at IS NULL AND "
             "(expires_at IS NULL OR expires_at > :end)",
      use(end, "end"), use(project, "project"), use(environment, "environment");
}

std::uint32_t count_working(soci::session& session, const std::string& account, long long now) {
  long long count = 0;
  session << fmt::format(
      "SELECT COUNT(*) FROM projects JOIN api_keys ON api_keys.project_id = projects.id "
      "WHERE projects.account_id = :account AND {}",
      kWorks),
      use(account), use(now), into(count);
  return static_cast<std::uint32_t>(count);
}

void note_use(soci::session& session, const ports::KeyUse& noted) {
  const std::string id = noted.key.to_string();
  const long long at = base::to_unix_millis(noted.at);
  session << "UPDATE api_keys SET last_used_at = :at WHERE id = :id AND "
             "(last_used_at IS NULL OR last_used_at < :at)",
      use(at, "at"), use(id, "id");
}

}  // namespace

FindCaller::FindCaller(soci::session& session)
    : statement_((session.prepare << fmt::format(
                      "SELECT accounts.id, projects.id, api_keys.id, api_keys.environment, "
                      "accounts.plan, api_keys.scopes FROM api_keys "
                      "JOIN projects ON projects.id = api_keys.project_id "
                      "JOIN accounts ON accounts.id = projects.account_id "
                      "WHERE api_keys.hash = :hash AND {}",
                      kWorks),
                  use(hash_), use(now_), into(account_), into(project_), into(key_),
                  into(environment_), into(plan_), into(scopes_))) {}

std::optional<domain::Caller> FindCaller::run(const base::Sha256& key_hash, base::Timestamp now) {
  hash_ = to_column(key_hash);
  now_ = base::to_unix_millis(now);
  statement_.execute();
  std::optional<domain::Caller> found;
  while (statement_.fetch()) found = caller();
  return found;
}

domain::Caller FindCaller::caller() const {
  return {.account = to_id<domain::AccountId>(account_),
          .project = to_id<domain::ProjectId>(project_),
          .key = to_id<domain::KeyId>(key_),
          .environment = to_environment(environment_),
          .plan = plan_,
          .scopes = to_scopes(scopes_)};
}

base::task<std::optional<domain::Caller>> SqlKeyStore::find_caller(base::Sha256 key_hash,
                                                                   base::Timestamp now) {
  return database_.read(
      [=, this](soci::session& session) { return find_caller_.run(session, key_hash, now); });
}

base::task<void> SqlKeyStore::add(domain::StoredKey key) {
  return database_.write(
      [key = std::move(key)](soci::session& session) { insert_key(session, key); });
}

base::task<void> SqlKeyStore::rotate(domain::StoredKey key, base::Timestamp others_until) {
  return database_.write([key = std::move(key), others_until](soci::session& session) {
    retire_rotated(session, key, others_until);
    insert_key(session, key);
  });
}

base::task<std::vector<domain::StoredKey>> SqlKeyStore::list(domain::ProjectId project,
                                                             base::Timestamp now) {
  return database_.read([=](soci::session& session) {
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
  return database_.read([=](soci::session& session) {
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
  return database_.write([=](soci::session& session) {
    const std::string id = key.to_string();
    const std::string owner = project.to_string();
    const long long at = base::to_unix_millis(now);
    std::string revoked;
    session << "UPDATE api_keys SET revoked_at = COALESCE(revoked_at, :now) "
               "WHERE id = :id AND project_id = :project RETURNING id",
        use(at), use(id), use(owner), into(revoked);
    return session.got_data();
  });
}

base::task<std::uint32_t> SqlKeyStore::revoke_all(domain::AccountId account, base::Timestamp now) {
  return database_.write([=](soci::session& session) {
    const std::string id = account.to_string();
    const long long at = base::to_unix_millis(now);
    const std::uint32_t worked = count_working(session, id, at);
    session << "UPDATE api_keys SET revoked_at = :now WHERE revoked_at IS NULL AND "
               "project_id IN (SELECT id FROM projects WHERE account_id = :account)",
        use(at), use(id);
    return worked;
  });
}

base::task<void> SqlKeyStore::note_uses(std::vector<ports::KeyUse> uses) {
  return database_.write([uses = std::move(uses)](soci::session& session) {
    for (const auto& noted : uses) note_use(session, noted);
  });
}

}  // namespace pixelvault::adapters::sql
