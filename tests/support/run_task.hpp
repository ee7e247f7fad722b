// Drives coroutines to their end from a plain test: one, or many at once on several threads.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/task.hpp"

namespace pixelvault::support {

/// Puts the result of `task` into `result`; a result need not have a default.
template <class T>
base::task<void> keep(base::task<T> task, std::optional<T>& result) {
  result.emplace(co_await std::move(task));
}

inline void run(base::task<void> task) {
  boost::asio::io_context context;
  auto done = boost::asio::co_spawn(context, std::move(task), boost::asio::use_future);
  context.run();
  done.get();
}

/// The result of `task`, or its exception.
template <class T>
T run(base::task<T> task) {
  std::optional<T> result;
  run(keep(std::move(task), result));
  return *std::move(result);
}

/// Runs all `tasks` at once, on `threads` threads; `get()` of a future gives the result of its task
/// or throws its exception.
template <class T>
std::vector<std::future<T>> run_all(std::vector<base::task<T>> tasks, std::size_t threads = 2) {
  boost::asio::io_context context;
  std::vector<std::future<T>> results;
  results.reserve(tasks.size());
  for (auto& task : tasks) {
    results.push_back(boost::asio::co_spawn(context, std::move(task), boost::asio::use_future));
  }
  std::vector<std::jthread> runners;
  runners.reserve(threads);
  for (std::size_t i = 0; i < threads; ++i) runners.emplace_back([&] { context.run(); });
  runners.clear();
  return results;
}

}  // namespace pixelvault::support
