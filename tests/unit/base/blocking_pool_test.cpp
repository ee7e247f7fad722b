#include "base/blocking_pool.hpp"

#include <gtest/gtest.h>
#include <pthread.h>

#include <array>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <latch>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include "base/metrics.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::base {
namespace {

namespace asio = boost::asio;

/// Runs a coroutine to its end and passes its exception on.
template <class T>
void run_to_end(asio::io_context& context, task<T> work) {
  std::exception_ptr failure;
  asio::co_spawn(context, std::move(work),
                 [&](const std::exception_ptr& e, auto...) { failure = e; });
  context.run();
  context.restart();
  if (failure) std::rethrow_exception(failure);
}

struct Outcome {
  std::thread::id worked_on;
  std::thread::id resumed_on;
  std::string thread_name;
};

task<void> observe(BlockingPool& pool, Outcome& outcome) {
  outcome.thread_name = co_await pool.run([&] {
    outcome.worked_on = std::this_thread::get_id();
    std::array<char, 16> name{};
    pthread_getname_np(pthread_self(), name.data(), name.size());
    return std::string(name.data());
  });
  outcome.resumed_on = std::this_thread::get_id();
}

TEST(BlockingPool, work_runs_on_its_threads_and_resumes_the_caller_on_its_own) {
  BlockingPool pool({.name = "a-name-that-is-too-long"});
  asio::io_context context;
  Outcome outcome;
  run_to_end(context, observe(pool, outcome));
  EXPECT_NE(outcome.worked_on, std::this_thread::get_id());
  EXPECT_EQ(outcome.resumed_on, std::this_thread::get_id());
  EXPECT_EQ(outcome.thread_name, "a-name-that-is-");
}

task<void> fail_on(BlockingPool& pool) {
  co_await pool.run([] { throw std::out_of_range("from the pool"); });
}

task<void> fail_with_a_result_on(BlockingPool& pool) {
  co_await pool.run([]() -> int { throw std::out_of_range("from the pool"); });
}

TEST(BlockingPool, an_exception_of_the_work_reaches_the_caller) {
  BlockingPool pool({.name = "test"});
  asio::io_context context;
  EXPECT_THROW(run_to_end(context, fail_on(pool)), std::out_of_range);
  EXPECT_THROW(run_to_end(context, fail_with_a_result_on(pool)), std::out_of_range);
}

task<void> move_through(BlockingPool& pool, int& value) {
  const auto result = co_await pool.run([] { return std::make_unique<int>(7); });
  value = *result;
}

TEST(BlockingPool, a_result_that_only_moves_is_passed_on) {
  BlockingPool pool({.name = "test"});
  asio::io_context context;
  int value = 0;
  run_to_end(context, move_through(pool, value));
  EXPECT_EQ(value, 7);
}

task<void> wait_for(BlockingPool& pool, std::latch& started, std::latch& release) {
  co_await pool.run([&] {
    started.count_down();
    release.wait();
  });
}

task<void> count(BlockingPool& pool, std::atomic<int>& done) {
  co_await pool.run([&] { ++done; });
}

TEST(BlockingPool, a_full_queue_is_unavailable_until_a_place_is_free) {
  BlockingPool pool({.name = "test", .threads = 1, .queue = 2});
  asio::io_context context;
  std::latch started(1);
  std::latch release(1);
  std::atomic<int> done = 0;
  std::vector<std::exception_ptr> failures;
  const auto note = [&](const std::exception_ptr& e) {
    if (e) failures.push_back(e);
  };
  asio::co_spawn(context, wait_for(pool, started, release), note);
  context.poll();
  started.wait();
  for (int i = 0; i < 3; ++i) asio::co_spawn(context, count(pool, done), note);
  context.poll();
  release.count_down();
  ASSERT_EQ(failures.size(), 1U) << "one runs, two wait, the fourth is turned away";
  EXPECT_THROW(std::rethrow_exception(failures.front()), Unavailable);
  context.run();
  EXPECT_EQ(done, 2);
  context.restart();
  run_to_end(context, count(pool, done));
  EXPECT_EQ(done, 3);
}

bool page_says(const std::string& line) {
  return metrics_text().find('\n' + line + '\n') != std::string::npos;
}

TEST(BlockingPool, its_metrics_tell_who_runs_who_waits_and_who_was_turned_away) {
  BlockingPool pool({.name = "told", .threads = 1, .queue = 2});
  asio::io_context context;
  std::latch started(1);
  std::latch release(1);
  std::atomic<int> done = 0;
  const auto ignore = [](const std::exception_ptr&) {};
  asio::co_spawn(context, wait_for(pool, started, release), ignore);
  context.poll();
  started.wait();
  for (int i = 0; i < 3; ++i) asio::co_spawn(context, count(pool, done), ignore);
  context.poll();
  EXPECT_TRUE(page_says("pixelvault_pool_running{pool=\"told\"} 1"));
  EXPECT_TRUE(page_says("pixelvault_pool_waiting{pool=\"told\"} 2"));
  EXPECT_TRUE(page_says("pixelvault_pool_refusals_total{pool=\"told\"} 1"));
  EXPECT_TRUE(page_says("pixelvault_pool_threads{pool=\"told\"} 1"));
  EXPECT_TRUE(page_says("pixelvault_pool_queue_capacity{pool=\"told\"} 2"));
  release.count_down();
  context.run();
}

TEST(BlockingPool, a_queue_without_a_bound_says_so) {
  const BlockingPool pool({.name = "endless", .queue = BlockingPool::kUnbounded});
  EXPECT_TRUE(page_says("pixelvault_pool_queue_capacity{pool=\"endless\"} +Inf"));
}

TEST(BlockingPool, many_calls_on_several_threads_all_come_back) {
  BlockingPool pool({.name = "test", .threads = 4, .queue = 1000});
  asio::io_context context;
  std::atomic<int> done = 0;
  int resumed = 0;
  for (int i = 0; i < 500; ++i) {
    asio::co_spawn(context, count(pool, done),
                   [&](const std::exception_ptr& e) { resumed += e ? 0 : 1; });
  }
  context.run();
  EXPECT_EQ(done, 500);
  EXPECT_EQ(resumed, 500);
}

TEST(BlockingPool, what_is_queued_runs_before_the_pool_goes) {
  asio::io_context context;
  std::atomic<int> done = 0;
  {
    BlockingPool pool({.name = "test", .threads = 1, .queue = 100});
    for (int i = 0; i < 50; ++i) {
      asio::co_spawn(context, count(pool, done), [](const std::exception_ptr&) {});
    }
    context.poll();
  }
  EXPECT_EQ(done, 50);
  context.run();
}

}  // namespace
}  // namespace pixelvault::base
