#include "base/blocking_pool.hpp"

#include <pthread.h>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "base/pool_metrics.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::base {

namespace asio = boost::asio;

class BlockingPool::Queue {
 public:
  using Job = std::move_only_function<void()>;

  explicit Queue(Options options)
      : options_(std::move(options)),
        metrics_(options_.name, options_.threads, options_.queue, [this] { return use(); }) {
    try {
      for (std::size_t i = 0; i < options_.threads; ++i) threads_.emplace_back([this] { work(); });
    } catch (...) {
      join();  // the system allows fewer threads than were asked for
      throw;
    }
  }

  void join() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    wake_.notify_all();
    for (auto& thread : threads_) thread.join();
  }

  /// Takes a place in the queue. Apart from `push`, because an initiation must not throw.
  void reserve() {
    const std::lock_guard lock(mutex_);
    if (closing_ || places_taken_ >= options_.queue + options_.threads) {
      metrics_.refused();
      throw Unavailable(Unavailable::Kind::Retry,
                        "the queue of pool " + options_.name + " is full");
    }
    ++places_taken_;
  }

  void push(Job job) {
    {
      const std::lock_guard lock(mutex_);
      jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
  }

 private:
  void work() {
    pthread_setname_np(pthread_self(), options_.name.substr(0, 15).c_str());
    for (;;) {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return closing_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      Job job = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      job();
      lock.lock();
      --places_taken_;
    }
  }

  PoolMetrics::Use use() {
    const std::lock_guard lock(mutex_);
    return {.waiting = jobs_.size(), .running = places_taken_ - jobs_.size()};
  }

  Options options_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  std::size_t places_taken_ = 0;  // waiting and running
  bool closing_ = false;
  std::vector<std::thread> threads_;
  PoolMetrics metrics_;  // last: it looks at the others until it goes
};

BlockingPool::BlockingPool(Options options) : queue_(std::make_unique<Queue>(std::move(options))) {}

BlockingPool::~BlockingPool() { queue_->join(); }

void BlockingPool::post(std::move_only_function<void()> job) {
  queue_->reserve();
  queue_->push(std::move(job));
}

task<void> BlockingPool::hop(std::function<void()>& job) {
  queue_->reserve();
  co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(
      [this](auto handler, std::function<void()>* call) {
        auto guard = asio::make_work_guard(asio::get_associated_executor(handler));
        queue_->push([call, guard = std::move(guard), handler = std::move(handler)]() mutable {
          (*call)();
          auto executor = guard.get_executor();
          asio::post(executor, std::move(handler));
        });
      },
      asio::use_awaitable, &job);
}

}  // namespace pixelvault::base
