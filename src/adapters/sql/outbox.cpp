#include "adapters/sql/outbox.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

namespace {

std::vector<std::string> select_due(soci::session& session, long long now, long long limit) {
  std::vector<std::string> keys;
  std::string key;
  soci::statement statement =
      (session.prepare << "SELECT blob_key FROM outbox WHERE kind = 'remove_blob' AND "
                          "due_at <= :now ORDER BY due_at, blob_key LIMIT :limit",
       use(now), use(limit), into(key));
  statement.execute();
  while (statement.fetch()) keys.push_back(key);
  return keys;
}

void lease(soci::session& session, const std::string& key, long long until) {
  session << "UPDATE outbox SET due_at = :until, attempts = attempts + 1 "
             "WHERE kind = 'remove_blob' AND blob_key = :key",
      use(until), use(key);
}

}  // namespace

void queue_removal(soci::session& session, const std::string& blob_key, base::Timestamp due_at) {
  const long long due = base::to_unix_millis(due_at);
  session << "INSERT INTO outbox (kind, blob_key, due_at, attempts) "
             "VALUES ('remove_blob', :key, :due, 0) ON CONFLICT (kind, blob_key) DO NOTHING",
      use(blob_key), use(due);
}

std::vector<std::string> lease_due_removals(soci::session& session, base::Timestamp now,
                                            base::Timestamp leased_until, std::uint32_t limit) {
  auto keys = select_due(session, base::to_unix_millis(now), limit);
  for (const std::string& key : keys) lease(session, key, base::to_unix_millis(leased_until));
  return keys;
}

void forget_removal(soci::session& session, const std::string& blob_key) {
  session << "DELETE FROM outbox WHERE kind = 'remove_blob' AND blob_key = :key", use(blob_key);
}

}  // namespace pixelvault::adapters::sql
