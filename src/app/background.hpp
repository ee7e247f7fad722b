// The main thread's own event loop: signals, and work that is done again and again beside the
// requests.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <csignal>
#include <functional>
#include <list>
#include <string>

#include "base/task.hpp"
#include "base/task_group.hpp"

namespace pixelvault::app {

class Background {
 public:
  /// From here on the signals are kept for `run_until_signal`, also those that come before it.
  Background() : signals_(context_, SIGINT, SIGTERM), group_(context_.get_executor()) {}

  /// Runs `work` now and then again after every pause, until the end. A failure is logged and tried
  /// again.
  void every(std::chrono::seconds pause, std::string name, std::function<base::task<bool>()> work);

  /// Returns after SIGINT or SIGTERM, when no work runs any more.
  void run_until_signal();

 private:
  base::task<void> repeat(std::chrono::seconds pause, std::string name,
                          std::function<base::task<bool>()> work);
  base::task<void> wait_for_signal();

  boost::asio::io_context context_{1};
  boost::asio::signal_set signals_;
  base::TaskGroup group_;
  std::list<boost::asio::steady_timer> pauses_;
  bool stopping_ = false;
};

}  // namespace pixelvault::app
