#include "adapters/sql/login_sessions.hpp"

#include "adapters/sql/columns.hpp"
#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

void insert_login(Session& session, const domain::Session& login) {
  const std::string hash = to_column(login.hash);
  const std::string account = login.account.to_string();
  const long long created_at = base::to_unix_millis(login.created_at);
  const long long expires_at = base::to_unix_millis(login.expires_at);
  run(session,
      "INSERT INTO sessions (hash, account_id, created_at, expires_at) "
      "VALUES (:hash, :account, :created_at, :expires_at)",
      use(hash), use(account), use(created_at), use(expires_at));
}

std::optional<domain::SessionCaller> find_login(Session& session, const base::Sha256& hash,
                                                base::Timestamp now) {
  const std::string digest = to_column(hash);
  const long long at = base::to_unix_millis(now);
  std::string account, plan;
  long long expires_at = 0;
  const bool found = run(session,
                         "SELECT accounts.id, accounts.plan, sessions.expires_at FROM sessions "
                         "JOIN accounts ON accounts.id = sessions.account_id "
                         "WHERE sessions.hash = :hash AND sessions.expires_at > :now",
                         use(digest), use(at), into(account), into(plan), into(expires_at));
  if (!found) return std::nullopt;
  return domain::SessionCaller{.account = to_id<domain::AccountId>(account),
                               .plan = plan,
                               .session = hash,
                               .expires_at = base::from_unix_millis(expires_at)};
}

void delete_login(Session& session, const base::Sha256& hash) {
  const std::string digest = to_column(hash);
  run(session, "DELETE FROM sessions WHERE hash = :hash", use(digest));
}

void delete_logins_of(Session& session, const std::string& account) {
  run(session, "DELETE FROM sessions WHERE account_id = :account", use(account));
}

std::uint32_t delete_logins_before(Session& session, base::Timestamp time, std::uint32_t limit) {
  const long long at = base::to_unix_millis(time);
  const long long most = limit;
  return changed_rows(session,
                      "DELETE FROM sessions WHERE hash IN (SELECT hash FROM sessions "
                      "WHERE expires_at < :time ORDER BY expires_at LIMIT :limit)",
                      use(at), use(most));
}

}  // namespace pixelvault::adapters::sql
