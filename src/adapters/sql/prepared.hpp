// Statements that are prepared once a session and run many times: a look-up by key costs a quarter
// of what it does with a statement made for it. Owned by a store; any thread may call, since a
// session is on one thread at a time.
#pragma once

#include <soci/soci.h>

#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace pixelvault::adapters::sql {

/// `Statement` is made from a session and has `run`. Destroyed before the sessions are closed.
template <class Statement>
class PreparedPerSession {
 public:
  template <class... Args>
  auto run(soci::session& session, Args&&... args) {
    Statement& statement = of(session);
    try {
      return statement.run(std::forward<Args>(args)...);
    } catch (...) {
      forget(session);  // after an error SOCI has given the statement up
      throw;
    }
  }

 private:
  Statement& of(soci::session& session) {
    const std::lock_guard lock(mutex_);
    auto& statement = statements_[&session];
    if (!statement) statement = std::make_unique<Statement>(session);
    return *statement;
  }

  void forget(soci::session& session) {
    const std::lock_guard lock(mutex_);
    statements_.erase(&session);
  }

  std::mutex mutex_;  // guards the map; a statement belongs to whoever has its session
  std::unordered_map<soci::session*, std::unique_ptr<Statement>> statements_;
};

}  // namespace pixelvault::adapters::sql
