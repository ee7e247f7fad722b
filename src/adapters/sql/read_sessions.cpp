#include "adapters/sql/read_sessions.hpp"

#include <utility>

#include "adapters/sql/errors.hpp"
#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

ReadSessions::Lease::Lease(ReadSessions& sessions)
    : sessions_(sessions), session_(sessions.take()) {
  try {
    run(*session_, "BEGIN");
  } catch (...) {
    sessions_.give_back(std::move(session_));
    throw;
  }
}

ReadSessions::Lease::~Lease() {
  try_execute(*session_, "ROLLBACK");  // nothing was written
  sessions_.give_back(std::move(session_));
}

ReadSessions::Handle ReadSessions::take() {
  const std::lock_guard lock(mutex_);
  Handle session = std::move(free_.back());
  free_.pop_back();
  return session;
}

void ReadSessions::give_back(Handle session) {
  const std::lock_guard lock(mutex_);
  free_.push_back(std::move(session));
}

}  // namespace pixelvault::adapters::sql
