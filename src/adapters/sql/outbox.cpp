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

std::vector<Removal> select_due(Session& session, long long now, long long limit) {
  return select_all<Removal>(
      session,
      "SELECT blob_key, place, attempts FROM outbox WHERE kind = 'remove_blob' AND "
      "due_at <= :now ORDER BY due_at, blob_key LIMIT :limit",
      [](const Removal& row) { return row; }, use(now), use(limit));
}

void lease(Session& session, const Removal& removal, long long until) {
  run(session,
      "UPDATE outbox SET due_at = :until, attempts = attempts + 1 "
      "WHERE kind = 'remove_blob' AND blob_key = :key AND place = :place",
      use(until), use(removal.key), use(removal.place));
}

}  // namespace

void queue_removal(Session& session, const ports::BlobRef& blob, base::Timestamp due_at) {
  const long long due = base::to_unix_millis(due_at);
  const std::string place = to_column(blob.place);
  run(session,
      "INSERT INTO outbox (kind, blob_key, place, due_at, attempts) "
      "VALUES ('remove_blob', :key, :place, :due, 0) "
      "ON CONFLICT (kind, blob_key, place) DO NOTHING",
      use(blob.key), use(place), use(due));
}

std::vector<ports::BlobRef> lease_due_removals(Session& session, base::Timestamp now,
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

std::uint32_t end_removal_leases(Session& session, base::Timestamp now) {
  const long long at = base::to_unix_millis(now);
  // What was never tried is not leased: its time has not come.
  return changed_rows(session,
                      "UPDATE outbox SET due_at = :now WHERE kind = 'remove_blob' AND "
                      "due_at > :now AND attempts > 0",
                      use(at, "now"));
}

bool is_queued(Session& session, const ports::BlobRef& blob) {
  const std::string place = to_column(blob.place);
  int found = 0;
  return run(session,
             "SELECT 1 FROM outbox WHERE kind = 'remove_blob' AND blob_key = :key AND "
             "place = :place",
             use(blob.key), use(place), soci::into(found));
}

void forget_removal(Session& session, const ports::BlobRef& blob) {
  const std::string place = to_column(blob.place);
  run(session,
      "DELETE FROM outbox WHERE kind = 'remove_blob' AND blob_key = :key AND place = :place",
      use(blob.key), use(place));
}

void forget_all_removals(Session& session) {
  run(session, "DELETE FROM outbox WHERE kind = 'remove_blob'");
}

}  // namespace pixelvault::adapters::sql
