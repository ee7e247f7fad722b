// The sessions of the readers, as many as there are reader threads, so that a lease never waits.
// Any thread may lease; a leased session belongs to one thread.
#pragma once

#include <soci/soci.h>

#include <memory>
#include <mutex>
#include <vector>

namespace pixelvault::adapters::sql {

class ReadSessions {
 public:
  using Session = std::unique_ptr<soci::session>;

  explicit ReadSessions(std::vector<Session> sessions) : free_(std::move(sessions)) {}

  /// A session inside a read transaction, ended with the lease.
  class Lease {
   public:
    explicit Lease(ReadSessions& sessions);
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();

    soci::session& session() const { return *session_; }

   private:
    ReadSessions& sessions_;
    Session session_;
  };

 private:
  Session take();
  void give_back(Session session);

  std::mutex mutex_;  // guards free_
  std::vector<Session> free_;
};

}  // namespace pixelvault::adapters::sql
