#include "base/task_group.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <exception>
#include <utility>

#include "base/log.hpp"

namespace pixelvault::base {

void TaskGroup::spawn(task<void> work) {
  ++running_;
  boost::asio::co_spawn(executor_, track(std::move(work)), boost::asio::detached);
}

task<void> TaskGroup::track(task<void> work) {
  try {
    co_await std::move(work);
  } catch (const std::exception& error) {
    spdlog::error("a background task ended with an error: {}", error.what());
  } catch (...) {
    spdlog::error("a background task ended with an error of no known type");
  }
  if (--running_ == 0 && on_idle_) std::exchange(on_idle_, nullptr)();
}

void TaskGroup::when_idle(std::function<void()> done) {
  if (running_ == 0) {
    done();
  } else {
    on_idle_ = std::move(done);
  }
}

}  // namespace pixelvault::base
