#include "adapters/sql/group_commit.hpp"

#include <limits>
#include <utility>

#include "adapters/sql/errors.hpp"
#include "adapters/sql/rows.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::adapters::sql {

using base::Unavailable;

namespace {

// `add` keeps the bound. The thread must not refuse a write that waits already.
constexpr std::size_t kUnbounded = std::numeric_limits<std::size_t>::max() / 2;

}  // namespace

GroupCommit::GroupCommit(Session& session, std::size_t queue)
    : session_(session), queue_(queue), thread_({.name = "sql-write", .queue = kUnbounded}) {}

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
    throw Unavailable(Unavailable::Kind::Retry, "database: too many writes are waiting");
  }
  waiting_.push_back(&write);
}

GroupCommit::Batch GroupCommit::take_waiting() {
  const std::lock_guard lock(mutex_);
  return std::exchange(waiting_, {});
}

void GroupCommit::commit_waiting() {
  const Batch batch = take_waiting();
  try {
    folding([&] { run_in_transaction(batch); });
  } catch (...) {
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
  commit();
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
