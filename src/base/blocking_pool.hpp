// A bounded pool of threads for calls that block: disk syncs, SQLite, password hashing. An adapter
// owns one and hops to it; nobody else knows. Waiting in the queue is the back-pressure; a full
// queue is `Unavailable`, so that overload is an answer instead of memory.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "base/task.hpp"

namespace pixelvault::base {

class BlockingPool {
 public:
  struct Options {
    std::string name;          ///< of the threads and in the metrics, at most 15 characters
    std::size_t threads = 1;   ///< at least one
    std::size_t queue = 1024;  ///< waiting calls before `Unavailable`
  };

  /// A queue without a bound, for who keeps one himself.
  static constexpr std::size_t kUnbounded = std::numeric_limits<std::size_t>::max() / 2;

  explicit BlockingPool(Options options);
  BlockingPool(const BlockingPool&) = delete;
  BlockingPool& operator=(const BlockingPool&) = delete;
  /// Runs what is queued, then joins the threads.
  ~BlockingPool();

  /// Runs `work()` on a thread of the pool and resumes the caller on its own executor with the
  /// result or the exception. Throws `Unavailable` when the queue is full.
  template <class F>
  task<std::invoke_result_t<F>> run(F work) {
    using R = std::invoke_result_t<F>;
    std::exception_ptr failure;
    if constexpr (std::is_void_v<R>) {
      std::function<void()> job = [&] {
        try {
          work();
        } catch (...) {
          failure = std::current_exception();
        }
      };
      co_await hop(job);
      if (failure) std::rethrow_exception(failure);
    } else {
      std::optional<R> result;
      std::function<void()> job = [&] {
        try {
          result.emplace(work());
        } catch (...) {
          failure = std::current_exception();
        }
      };
      co_await hop(job);
      if (failure) std::rethrow_exception(failure);
      // NOLINTNEXTLINE(bugprone-unchecked-optional-access): the job has set it, or a failure
      co_return *std::move(result);
    }
  }

  /// Runs `job`, which must not throw, on a thread of the pool some time, and waits for nothing:
  /// for calls that nobody can end and somebody must be able to leave. Throws as `run` does.
  void post(std::move_only_function<void()> job);

 private:
  class Queue;
  /// Runs `job` on the pool; `job` must not throw and outlives the call, which is in the same
  /// frame.
  task<void> hop(std::function<void()>& job);

  std::unique_ptr<Queue> queue_;
};

}  // namespace pixelvault::base
