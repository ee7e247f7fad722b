// The sessions of the readers, as many as there are reader threads, so that a lease never waits.
// Any thread may lease; a leased session belongs to one thread.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "adapters/sql/session.hpp"

namespace pixelvault::adapters::sql {

class ReadSessions {
 public:
  using Handle = std::unique_ptr<Session>;

  explicit ReadSessions(std::vector<Handle> sessions) : free_(std::move(sessions)) {}

  /// A session inside a read transaction, ended with the lease.
  class Lease {
   public:
    explicit Lease(ReadSessions& sessions);
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();

    Session& session() const { return *session_; }

   private:
    ReadSessions& sessions_;
    Handle session_;
  };

 private:
  Handle take();
  void give_back(Handle session);

  std::mutex mutex_;  // guards free_
  std::vector<Handle> free_;
};

}  // namespace pixelvault::adapters::sql
