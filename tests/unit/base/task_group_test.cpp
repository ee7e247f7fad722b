#include "base/task_group.hpp"

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>

#include "base/log.hpp"

namespace pixelvault::base {
namespace {

namespace asio = boost::asio;

/// Collects what is logged while it lives.
class CapturedLog {
 public:
  CapturedLog() : before_(spdlog::default_logger()) {
    auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(text_);
    spdlog::set_default_logger(std::make_shared<spdlog::logger>("captured", std::move(sink)));
  }
  CapturedLog(const CapturedLog&) = delete;
  CapturedLog& operator=(const CapturedLog&) = delete;
  ~CapturedLog() { spdlog::set_default_logger(before_); }

  std::string text() const { return text_.str(); }

 private:
  std::shared_ptr<spdlog::logger> before_;
  std::ostringstream text_;
};

task<void> turns(int count, int& ended) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  for (int i = 0; i < count; ++i) {
    timer.expires_after(std::chrono::milliseconds(0));
    co_await timer.async_wait(asio::use_awaitable);
  }
  ++ended;
}

task<void> fail() {
  int ended = 0;
  co_await turns(1, ended);
  throw std::runtime_error("the disk is gone");
}

class TaskGroupTest : public testing::Test {
 protected:
  asio::io_context context_;
  TaskGroup group_{context_.get_executor()};
  int ended_ = 0;
  int idle_ = 0;
};

TEST_F(TaskGroupTest, an_empty_group_is_idle_at_once) {
  group_.when_idle([this] { ++idle_; });
  EXPECT_EQ(idle_, 1);
}

TEST_F(TaskGroupTest, what_was_started_runs_without_being_awaited) {
  group_.spawn(turns(2, ended_));
  EXPECT_EQ(group_.running(), 1U);
  context_.run();
  EXPECT_EQ(ended_, 1);
  EXPECT_EQ(group_.running(), 0U);
}

TEST_F(TaskGroupTest, it_is_idle_when_the_last_task_has_ended) {
  int ended_when_idle = -1;
  group_.spawn(turns(3, ended_));
  group_.spawn(turns(1, ended_));
  group_.spawn(turns(9, ended_));
  group_.when_idle([&] { ended_when_idle = ended_; });
  EXPECT_EQ(ended_when_idle, -1);
  context_.run();
  EXPECT_EQ(ended_when_idle, 3);
}

TEST_F(TaskGroupTest, it_tells_only_once_that_it_is_idle) {
  group_.spawn(turns(1, ended_));
  group_.when_idle([this] { ++idle_; });
  context_.run();
  context_.restart();
  group_.spawn(turns(1, ended_));
  context_.run();
  EXPECT_EQ(ended_, 2);
  EXPECT_EQ(idle_, 1);
}

TEST_F(TaskGroupTest, an_exception_is_logged_and_its_task_counted_down) {
  const CapturedLog log;
  group_.spawn(fail());
  group_.spawn(turns(3, ended_));
  group_.when_idle([this] { ++idle_; });
  context_.run();
  EXPECT_NE(log.text().find("the disk is gone"), std::string::npos) << log.text();
  EXPECT_EQ(group_.running(), 0U);
  EXPECT_EQ(ended_, 1);
  EXPECT_EQ(idle_, 1);
}

task<void> fail_with_a_number() {
  int ended = 0;
  co_await turns(1, ended);
  throw 7;
}

TEST_F(TaskGroupTest, an_exception_of_any_type_ends_its_task) {
  const CapturedLog log;
  group_.spawn(fail_with_a_number());
  group_.when_idle([this] { ++idle_; });
  context_.run();
  EXPECT_EQ(idle_, 1);
  EXPECT_NE(log.text().find("no known type"), std::string::npos);
}

}  // namespace
}  // namespace pixelvault::base
