#include "adapters/sql/outbox.hpp"

#include <algorithm>
#include <string>

#include "adapters/sql/columns.hpp"
#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

namespace {

// After this many attempts the waits grow no longer.
constexpr long long kMostDoublings = 4;

struct Removal {
  std::string key, place;
  long long attempts = 0;
};

void read_into(soci::statement& statement, Removal& row) {
  statement.exchange(into(row.key));
  statement.exchange(into(row.place));
  statement.exchange(into(row.attempts));
}

std::vector<Removal> select_due(soci::session& session, long long now, long long limit) {
  return select_all<Removal>(
      session,
      "SELECT blob_key, place, attempts FROM outbox WHERE kind = 'remove_blob' AND "
      "due_at <= :now ORDER BY due_at, blob_key LIMIT :limit",
      [](const Removal& row) { return row; }, use(now), use(limit));
}

void lease(soci::session& session, const Removal& removal, long long until) {
  session << "UPDATE outbox SET due_at = :until, attempts = attempts + 1 "
             "WHERE kind = 'remove_blob' AND blob_key = :key AND place = :place",
      use(until), use(removal.key), use(removal.place);
}

}  // namespace

void queue_removal(soci::session& session, const ports::BlobRef& blob, base::Timestamp due_at) {
  const long long due = base::to_unix_millis(due_at);
  const std::string place = to_column(blob.place);
  session << "INSERT INTO outbox (kind, blob_key, place, due_at, attempts) "
             "VALUES ('remove_blob', :key, :place, :due, 0) "
             "ON CONFLICT (kind, blob_key, place) DO NOTHING",
      use(blob.key), use(place), use(due);
}

std::vector<ports::BlobRef> lease_due_removals(soci::session& session, base::Timestamp now,
                                               base::Timestamp leased_until, std::uint32_t limit) {
  const long long at = base::to_unix_millis(now);
  const long long first_lease = base::to_unix_millis(leased_until) - at;
  std::vector<ports::BlobRef> blobs;
  for (const Removal& removal : select_due(session, at, limit)) {
    lease(session, removal, at + (first_lease << std::min(removal.attempts, kMostDoublings)));
    blobs.push_back({.key = removal.key, .place = to_place(removal.place)});
  }
  return blobs;
}

bool is_queued(soci::session& session, const ports::BlobRef& blob) {
  const std::string place = to_column(blob.place);
  int found = 0;
  session << "SELECT 1 FROM outbox WHERE kind = 'remove_blob' AND blob_key = :key AND "
             "place = :place",
      use(blob.key), use(place), soci::into(found);
  return session.got_data();
}

void forget_removal(soci::session& session, const ports::BlobRef& blob) {
  const std::string place = to_column(blob.place);
  session << "DELETE FROM outbox WHERE kind = 'remove_blob' AND blob_key = :key AND place = :place",
      use(blob.key), use(place);
}

void forget_all_removals(soci::session& session) {
  session << "DELETE FROM outbox WHERE kind = 'remove_blob'";
}

}  // namespace pixelvault::adapters::sql
