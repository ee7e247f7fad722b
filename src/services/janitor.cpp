#include "services/janitor.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "services/purge.hpp"

namespace pixelvault::services {

namespace {
constexpr std::chrono::minutes kLease{5};
constexpr std::uint32_t kRemovals = 100;  // blobs that one sweep removes
constexpr std::uint32_t kRows = 500;      // rows of a kind that one transaction changes
constexpr std::uint32_t kProjects = 10;   // deleted projects that one sweep works on
// A link lives at most 30 days, and another process may sign with a key for a minute after the next
// one was made.
constexpr std::chrono::days kLastLink{31};
// So long it is told of an export that it has expired.
constexpr std::chrono::days kExportMemory{7};
}  // namespace

base::task<std::size_t> Janitor::take_over() {
  std::size_t ended = co_await use_.upkeep.end_leases(use_.clock.now());
  ended += co_await use_.exports.end_leases();
  co_return ended;
}

base::task<std::size_t> Janitor::sweep() {
  const auto now = use_.clock.now();
  const auto ended = co_await end_images(now);
  metrics_.ended.add(ended);
  const auto emptied = co_await empty_projects(now);
  metrics_.emptied.add(emptied);
  const auto removed = co_await remove_blobs(now);
  metrics_.removed.add(removed);
  const auto forgotten = co_await forget(now);
  metrics_.forgotten.add(forgotten);
  metrics_.sweeps.add();
  co_return ended + emptied + removed + forgotten;
}

base::task<std::size_t> Janitor::end_images(base::Timestamp now) {
  co_return co_await use_.upkeep.expire(now, kRows);
}

base::task<std::size_t> Janitor::empty_projects(base::Timestamp now) {
  std::size_t done = 0;
  const auto projects = co_await use_.projects.list_unemptied(kProjects);
  for (const auto& project : projects) {
    done += co_await use_.upkeep.empty_project(project, now, kRows);
  }
  co_return done;
}

base::task<std::size_t> Janitor::remove_blobs(base::Timestamp now) {
  const auto blobs = co_await use_.upkeep.lease_removals(now, now + kLease, kRemovals);
  std::size_t removed = 0;
  for (const auto& blob : blobs) {
    if (co_await purge(use_.blobs, use_.upkeep, blob)) ++removed;
  }
  co_return removed;
}

base::task<std::size_t> Janitor::forget(base::Timestamp now) {
  std::size_t done = co_await use_.upkeep.forget_keys(now, kRows);
  done += co_await use_.accounts.forget_sessions(now, kRows);
  done += co_await use_.exports.forget_expired(now - kExportMemory, kRows);
  co_await forget_link_keys(now);
  co_return done;
}

/// A key signs until the next one is made: only so long after that its last link is over.
base::task<void> Janitor::forget_link_keys(base::Timestamp now) {
  const auto keys = co_await use_.link_keys.list();
  const auto successor = std::ranges::find_if(
      keys, [&](const auto& key) { return key.created_at <= now - kLastLink; });
  if (successor == keys.end() || std::next(successor) == keys.end()) co_return;
  co_await use_.link_keys.forget_before(successor->created_at);
}

}  // namespace pixelvault::services
