// The one writer of the database. While a transaction is being synced, other writes wait; the next
// transaction takes all of them, so that many callers share one sync. Any thread may call `run`;
// the session is used on the writer's thread alone.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <vector>

#include "adapters/sql/session.hpp"
#include "adapters/sql/write_metrics.hpp"
#include "base/blocking_pool.hpp"
#include "base/task.hpp"

namespace pixelvault::adapters::sql {

class GroupCommit {
 public:
  using Work = std::function<void(Session&)>;

  /// `session` outlives this object. `queue` is how many writes may wait.
  GroupCommit(Session& session, std::size_t queue);

  /// Runs `work` inside a transaction and returns when that is on stable storage. What `work`
  /// throws undoes this work alone. Throws `Unavailable` when too many wait, or when the
  /// transaction could not be made durable.
  base::task<void> run(Work work);

 private:
  struct Write {
    Work work;
    std::exception_ptr failure = {};
    bool finished = false;
  };
  using Batch = std::vector<Write*>;

  void add(Write& write);
  std::size_t count_waiting();
  Batch take_waiting();
  void commit_waiting();
  void run_in_transaction(const Batch& batch);
  void commit();
  void run_in_savepoint(Write& write);

  Session& session_;
  const std::size_t queue_;
  std::mutex mutex_;  // guards waiting_
  Batch waiting_;
  WriteMetrics metrics_;
  base::BlockingPool thread_;  // last: its destructor finishes what waits
};

}  // namespace pixelvault::adapters::sql
