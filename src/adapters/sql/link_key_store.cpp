#include "adapters/sql/link_key_store.hpp"

#include <string>
#include <utility>

#include "adapters/sql/columns.hpp"
#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

namespace {

struct LinkKeyRow {
  std::string id, secret;
  long long created_at = 0;
};

void read_into(soci::statement& statement, LinkKeyRow& row) {
  statement.exchange(into(row.id));
  statement.exchange(into(row.secret));
  statement.exchange(into(row.created_at));
}

domain::LinkKey to_link_key(const LinkKeyRow& row) {
  return {.id = row.id,
          .secret = to_digest(row.secret),
          .created_at = base::from_unix_millis(row.created_at)};
}

std::vector<domain::LinkKey> select_newest(Session& session, long long limit) {
  return select_all<LinkKeyRow>(
      session,
      "SELECT id, secret, created_at FROM link_keys ORDER BY created_at DESC, id DESC LIMIT :limit",
      to_link_key, use(limit));
}

void insert_link_key(Session& session, const domain::LinkKey& key) {
  const std::string secret = to_column(key.secret);
  const long long created_at = base::to_unix_millis(key.created_at);
  run(session, "INSERT INTO link_keys (id, secret, created_at) VALUES (:id, :secret, :created_at)",
      use(key.id), use(secret), use(created_at));
}

constexpr long long kAll = 10'000;  // more than a ring will ever hold

}  // namespace

base::task<std::vector<domain::LinkKey>> SqlLinkKeyStore::list() {
  return database_.read([](Session& session) { return select_newest(session, kAll); });
}

base::task<void> SqlLinkKeyStore::add(domain::LinkKey key) {
  return database_.write(
      [key = std::move(key)](Session& session) { insert_link_key(session, key); });
}

base::task<void> SqlLinkKeyStore::add_first(domain::LinkKey key) {
  return database_.write([key = std::move(key)](Session& session) {
    if (select_newest(session, 1).empty()) insert_link_key(session, key);
  });
}

base::task<void> SqlLinkKeyStore::forget_before(base::Timestamp time) {
  return database_.write([=](Session& session) {
    const auto newest = select_newest(session, 1);
    if (newest.empty()) return;
    const std::string kept = newest.front().id;
    const long long end = base::to_unix_millis(time);
    run(session, "DELETE FROM link_keys WHERE created_at < :end AND id <> :kept", use(end),
        use(kept));
  });
}

}  // namespace pixelvault::adapters::sql
