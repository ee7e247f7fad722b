#include "adapters/sql/outbox_backlog.hpp"

#include "adapters/sql/rows.hpp"

#include <limits>

#include "base/time.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

namespace {

/// Rows due at `until`, along the index `outbox_due`, which ends the count at the limit.
std::uint32_t count_due(Session& session, long long until) {
  const long long most = ports::Backlog::kMostCounted;
  long long rows = 0;
  run(session,
      "SELECT COUNT(*) FROM (SELECT 1 FROM outbox WHERE kind = 'remove_blob' AND "
      "due_at <= :until LIMIT :most) AS counted",
      use(until), use(most), into(rows));
  return static_cast<std::uint32_t>(rows);
}

std::optional<base::Timestamp> find_oldest(Session& session, long long now) {
  long long due_at = 0;
  const bool found = run(session,
                         "SELECT due_at FROM outbox WHERE kind = 'remove_blob' AND due_at <= :now "
                         "ORDER BY due_at LIMIT 1",
                         use(now), into(due_at));
  if (!found) return std::nullopt;
  return base::from_unix_millis(due_at);
}

}  // namespace

base::task<ports::Backlog> SqlOutbox::measure(base::Timestamp now) {
  const long long at = base::to_unix_millis(now);
  return database_.read([at](Session& session) {
    return ports::Backlog{.queued = count_due(session, std::numeric_limits<long long>::max()),
                          .due = count_due(session, at),
                          .oldest_due_at = find_oldest(session, at)};
  });
}

}  // namespace pixelvault::adapters::sql
