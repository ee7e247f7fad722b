// One core's share of the server: its thread, event loop, acceptor and sessions.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <thread>

#include "base/deadline.hpp"
#include "base/metrics.hpp"
#include "base/task_group.hpp"
#include "http/application.hpp"
#include "http/options.hpp"
#include "http/session.hpp"

namespace pixelvault::http {

class Worker {
 public:
  /// Listens on the address; throws `boost::system::system_error` when it cannot be had.
  Worker(const Options& options, const boost::asio::ip::tcp::endpoint& endpoint);

  boost::asio::ip::tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }

  void start(Application& application);
  /// May be called from any thread.
  void stop();
  void join();

 private:
  using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp,
                                                      boost::asio::io_context::executor_type>;

  base::task<void> accept(Application& application);
  base::task<void> serve(Socket socket, Application& application);
  base::task<void> abort_after_grace();
  void stop_here();

  const Options& options_;
  boost::asio::io_context context_{1};
  Acceptor acceptor_;
  boost::asio::steady_timer grace_;
  base::DeadlineKeeper keeper_;
  base::TaskGroup sessions_running_;
  base::TaskGroup helpers_;
  std::list<Session*> sessions_;
  base::Gauge connections_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace pixelvault::http
