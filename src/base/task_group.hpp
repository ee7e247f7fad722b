// The coroutines that somebody started and must see the end of. The only place that lets a
// coroutine run without being awaited; an exception that escapes one is logged, because nobody else
// could hear it. A group belongs to the thread that runs its executor.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstddef>
#include <functional>
#include <memory>

#include "base/task.hpp"

namespace pixelvault::base {

class TaskGroup {
 public:
  explicit TaskGroup(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  /// Starts `work` on the group's executor. The group must outlive it.
  void spawn(task<void> work);

  std::size_t running() const { return running_; }
  /// Called once, as soon as nothing runs (at once when nothing does).
  void when_idle(std::function<void()> done);

 private:
  task<void> track(task<void> work);

  boost::asio::any_io_executor executor_;
  std::size_t running_ = 0;
  std::function<void()> on_idle_;
};

}  // namespace pixelvault::base
