#include "adapters/sql/group_commit.hpp"

#include <chrono>
#include <utility>

#include "adapters/sql/errors.hpp"
#include "adapters/sql/rows.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::adapters::sql {

using base::Unavailable;

// `add` keeps the bound. The thread must not refuse a write that waits already.
GroupCommit::GroupCommit(Session& session, std::size_t queue)
    : session_(session),
      queue_(queue),
      metrics_(queue, [this] { return count_waiting(); }),
      thread_({.name = "sql-write", .queue = base::BlockingPool::kUnbounded}) {}

base::task<void> GroupCommit::run(Work work) {
  Write write{.work = std::move(work)};
  add(write);
  // Every write makes the trip to the thread itself, in order. The first to arrive commits all that
  // wait by then; the others find themselves finished.
  co_await thread_.run([this, &write] {
    if (!write.finished) commit_waiting();
  });
  if (write.failure) std::rethrow_exception(write.failure);
}

void GroupCommit::add(Write& write) {
  const std::lock_guard lock(mutex_);
  if (waiting_.size() >= queue_) {
    metrics_.refused.add();
    throw Unavailable(Unavailable::Kind::Retry, "database: too many writes are waiting");
  }
  waiting_.push_back(&write);
}

std::size_t GroupCommit::count_waiting() {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

GroupCommit::Batch GroupCommit::take_waiting() {
  const std::lock_guard lock(mutex_);
  return std::exchange(waiting_, {});
}

void GroupCommit::commit_waiting() {
  const Batch batch = take_waiting();
  metrics_.batch.observe(batch.size());
  try {
    folding([&] { run_in_transaction(batch); });
  } catch (...) {
    metrics_.failed.add();
    try_execute(session_, "ROLLBACK");  // unless the failure has ended the transaction already
    for (Write* write : batch) {
      if (!write->failure) write->failure = std::current_exception();
    }
  }
  for (Write* write : batch) write->finished = true;
}

void GroupCommit::run_in_transaction(const Batch& batch) {
  sql::run(session_, "BEGIN IMMEDIATE");
  for (Write* write : batch) run_in_savepoint(*write);
  const auto begun = std::chrono::steady_clock::now();
  commit();
  metrics_.commit.observe(std::chrono::steady_clock::now() - begun);
}

void GroupCommit::commit() {
  try {
    folding([&] { sql::run(session_, "COMMIT"); });
  } catch (const Unavailable& error) {
    // Once COMMIT has begun, only a full disk says for certain that nothing was stored.
    if (error.kind() != Unavailable::Kind::Retry) throw;
    throw Unavailable(Unavailable::Kind::Fail, error.what());
  }
}

void GroupCommit::run_in_savepoint(Write& write) {
  sql::run(session_, "SAVEPOINT one_write");
  try {
    folding([&] { write.work(session_); });
  } catch (...) {
    write.failure = std::current_exception();
    // SQLite ends the whole transaction by itself after some errors (full disk, I/O). Then there is
    // no savepoint to go back to, and what failed this write fails the batch.
    if (!try_execute(session_, "ROLLBACK TO one_write")) throw;
  }
  sql::run(session_, "RELEASE one_write");
}

}  // namespace pixelvault::adapters::sql
