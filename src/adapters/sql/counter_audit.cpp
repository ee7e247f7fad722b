#include "adapters/sql/counter_audit.hpp"

#include <fmt/format.h>

#include <string>

#include "adapters/sql/rows.hpp"
#include "domain/month.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

namespace {

using ports::CounterDrift;

/// Two counters that stand in one row, and what they should be.
struct Pair {
  std::string first, second, third, fourth;  // the key of the row
  long long counted_a = 0, counted_b = 0, actual_a = 0, actual_b = 0;
};

void read_into(soci::statement& statement, Pair& row) {
  for (auto* key : {&row.first, &row.second, &row.third, &row.fourth}) {
    statement.exchange(into(*key));
  }
  for (auto* number : {&row.counted_a, &row.counted_b, &row.actual_a, &row.actual_b}) {
    statement.exchange(into(*number));
  }
}

Pair same(const Pair& row) { return row; }

// What the rows say of an account stands beside its counters as two rows that are added up.
std::vector<Pair> wrong_space(Session& session, long long limit) {
  return select_all<Pair>(
      session,
      "SELECT account_id, '', '', '', CAST(SUM(ca) AS BIGINT), CAST(SUM(cb) AS BIGINT), "
      "CAST(SUM(aa) AS BIGINT), CAST(SUM(ab) AS BIGINT) FROM ("
      "SELECT account_id, storage_bytes AS ca, private_images AS cb, 0 AS aa, 0 AS ab "
      "FROM account_usage UNION ALL "
      "SELECT projects.account_id, 0, 0, SUM(images.size), "
      "SUM(CASE WHEN images.visibility = 'private' THEN 1 ELSE 0 END) FROM images "
      "JOIN projects ON projects.id = images.project_id WHERE images.deleted_at IS NULL "
      "GROUP BY projects.account_id) AS both GROUP BY account_id "
      "HAVING SUM(ca) <> SUM(aa) OR SUM(cb) <> SUM(ab) ORDER BY account_id LIMIT :limit",
      same, use(limit));
}

// Tombstones too: an upload stays an upload.
std::vector<Pair> wrong_uploads(Session& session, const domain::Month& month, long long limit) {
  const long long start = base::to_unix_millis(month.start);
  const long long end = base::to_unix_millis(month.end);
  return select_all<Pair>(
      session,
      "SELECT account_id, '', '', '', CAST(SUM(c) AS BIGINT), 0, CAST(SUM(a) AS BIGINT), 0 FROM ("
      "SELECT account_id, uploads AS c, 0 AS a FROM monthly_usage WHERE month = :month UNION ALL "
      "SELECT projects.account_id, 0, COUNT(*) FROM images "
      "JOIN projects ON projects.id = images.project_id WHERE images.environment = 'live' AND "
      "images.created_at >= :start AND images.created_at < :end GROUP BY projects.account_id"
      ") AS both GROUP BY account_id HAVING SUM(c) <> SUM(a) ORDER BY account_id LIMIT :limit",
      same, use(month.name), use(start), use(end), use(limit));
}

std::vector<Pair> wrong_totals(Session& session, long long limit) {
  return select_all<Pair>(
      session,
      "SELECT project_id, environment, scope, folder, CAST(SUM(ca) AS BIGINT), "
      "CAST(SUM(cb) AS BIGINT), CAST(SUM(aa) AS BIGINT), CAST(SUM(ab) AS BIGINT) FROM ("
      "SELECT project_id, environment, scope, folder, images AS ca, bytes AS cb, 0 AS aa, 0 AS ab "
      "FROM image_totals UNION ALL "
      "SELECT project_id, environment, 'all', '', 0, 0, COUNT(*), SUM(size) FROM images "
      "WHERE deleted_at IS NULL GROUP BY project_id, environment UNION ALL "
      "SELECT project_id, environment, 'folder', folder, 0, 0, COUNT(*), SUM(size) FROM images "
      "WHERE deleted_at IS NULL GROUP BY project_id, environment, folder) AS both "
      "GROUP BY project_id, environment, scope, folder "
      "HAVING SUM(ca) <> SUM(aa) OR SUM(cb) <> SUM(ab) "
      "ORDER BY project_id, environment, scope, folder LIMIT :limit",
      same, use(limit));
}

void set_space(Session& session, const Pair& row) {
  run(session,
      "UPDATE account_usage SET storage_bytes = :bytes, private_images = :private "
      "WHERE account_id = :account",
      use(row.actual_a), use(row.actual_b), use(row.first));
}

void set_uploads(Session& session, const Pair& row, const std::string& month) {
  run(session,
      "INSERT INTO monthly_usage (account_id, month, uploads, bandwidth_bytes) "
      "VALUES (:account, :month, :uploads, 0) "
      "ON CONFLICT (account_id, month) DO UPDATE SET uploads = excluded.uploads",
      use(row.first), use(month), use(row.actual_a));
}

void set_totals(Session& session, const Pair& row) {
  run(session,
      "INSERT INTO image_totals (project_id, environment, scope, folder, images, bytes) "
      "VALUES (:project, :environment, :scope, :folder, :images, :bytes) "
      "ON CONFLICT (project_id, environment, scope, folder) DO UPDATE SET "
      "images = excluded.images, bytes = excluded.bytes",
      use(row.first), use(row.second), use(row.third), use(row.fourth), use(row.actual_a),
      use(row.actual_b));
}

struct Names {
  std::string a, b;
};

void add(std::vector<CounterDrift>& drift, const Pair& row, const Names& names) {
  if (row.counted_a != row.actual_a) {
    drift.push_back({.counter = names.a, .counted = row.counted_a, .actual = row.actual_a});
  }
  if (row.counted_b != row.actual_b) {
    drift.push_back({.counter = names.b, .counted = row.counted_b, .actual = row.actual_b});
  }
}

Names names_of_total(const Pair& row) {
  const auto where =
      fmt::format("{} ({}){}", row.first, row.second,
                  row.third == "all" ? std::string() : fmt::format(", folder '{}'", row.fourth));
  return {.a = "images in " + where, .b = "bytes in " + where};
}

enum class Then { Leave, Repair };

std::vector<CounterDrift> audit(Session& session, base::Timestamp now, long long limit, Then then) {
  const auto month = domain::month_of(now);
  std::vector<CounterDrift> drift;
  for (const Pair& row : wrong_space(session, limit)) {
    add(drift, row, {"storage_bytes of " + row.first, "private_images of " + row.first});
    if (then == Then::Repair) set_space(session, row);
  }
  for (const Pair& row : wrong_uploads(session, month, limit)) {
    add(drift, row, {"uploads of " + row.first + " in " + month.name, ""});
    if (then == Then::Repair) set_uploads(session, row, month.name);
  }
  for (const Pair& row : wrong_totals(session, limit)) {
    add(drift, row, names_of_total(row));
    if (then == Then::Repair) set_totals(session, row);
  }
  return drift;
}

}  // namespace

base::task<std::vector<CounterDrift>> SqlCounterAudit::find_drift(base::Timestamp now,
                                                                  std::uint32_t limit) {
  return database_.read([=](Session& session) { return audit(session, now, limit, Then::Leave); });
}

base::task<std::vector<CounterDrift>> SqlCounterAudit::repair(base::Timestamp now,
                                                              std::uint32_t limit) {
  return database_.write(
      [=](Session& session) { return audit(session, now, limit, Then::Repair); });
}

}  // namespace pixelvault::adapters::sql
