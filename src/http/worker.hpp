// One core's share of the server: its thread, event loop, listener and sessions.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <memory>
#include <thread>

#include "base/deadline.hpp"
#include "base/metrics.hpp"
#include "base/task_group.hpp"
#include "http/listener.hpp"
#include "http/session.hpp"

namespace pixelvault::http {

class Worker {
 public:
  /// What the workers of a server share; it outlives them.
  struct Shared {
    const Options& options;
    Admission& admission;
    FileReads& files;
  };

  /// Listens on the address; throws `boost::system::system_error` when it cannot be had.
  Worker(const Shared& shared, const boost::asio::ip::tcp::endpoint& endpoint);

  boost::asio::ip::tcp::endpoint endpoint() const { return listener_.endpoint(); }

  void start(Application& application);
  /// May be called from any thread.
  void stop();
  void join();

 private:
  base::task<void> accept();
  /// Takes the connections that wait, some at most.
  boost::system::error_code accept_waiting();
  void welcome(Listener::Accepted accepted);
  base::task<void> serve(Listener::Accepted accepted, Admission::Seat seat);
  base::task<void> turn_away(Listener::Accepted accepted);
  base::task<void> abort_after_grace();
  void stop_here();

  const Shared shared_;
  const Options& options_;
  // Other threads post to it, and leave its sockets alone: those need no locks.
  boost::asio::io_context context_{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};
  Listener listener_;
  Reactor reactor_;
  boost::asio::steady_timer grace_;
  base::DeadlineKeeper keeper_;
  RequestContextPool contexts_;
  base::TaskGroup sessions_running_;
  base::TaskGroup helpers_;
  std::unique_ptr<const Session::Surroundings> around_;  // from start on
  std::list<Session*> sessions_;
  std::size_t turning_away_ = 0;  // of the sessions
  base::Gauge connections_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace pixelvault::http
