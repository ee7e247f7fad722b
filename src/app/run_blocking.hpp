// Running one coroutine to its end on the thread that asks, for the command line. Not while an
// event loop runs on this thread.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <optional>
#include <utility>

#include "base/task.hpp"

namespace pixelvault::app {

/// By reference, so that the result need not have a default.
template <class T>
base::task<void> store_result(base::task<T> work, std::optional<T>& result) {
  result.emplace(co_await std::move(work));
}

/// The task's result, or its exception.
template <class T>
T run_blocking(base::task<T> work) {
  boost::asio::io_context context(1);
  std::optional<T> result;
  auto done = boost::asio::co_spawn(context, store_result(std::move(work), result),
                                    boost::asio::use_future);
  context.run();
  done.get();                 // throws what the task threw
  return *std::move(result);  // NOLINT(bugprone-unchecked-optional-access): set unless it threw
}

}  // namespace pixelvault::app
