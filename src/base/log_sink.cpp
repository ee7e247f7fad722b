#include "base/log_sink.hpp"

#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace pixelvault::base {

namespace {
using std::chrono::steady_clock;
constexpr int kPollMillis = 100;
}  // namespace

LogSink::LogSink(const Options& options)
    : options_(options),
      dropped_total_({.name = "pixelvault_log_dropped_total",
                      .help = "Lines of the log that were dropped because nobody took them in "
                              "time."}),
      thread_([this] { work(); }) {}

LogSink::~LogSink() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    end_ = steady_clock::now() + options_.last_chance;
  }
  wake_.notify_all();
  thread_.join();
}

void LogSink::sink_it_(const spdlog::details::log_msg& message) {
  if (dropped_ > 0) tell_of_dropped();
  append(message);
}

void LogSink::append(const spdlog::details::log_msg& message) {
  spdlog::memory_buf_t line;
  formatter_->format(message, line);
  if (waiting_.size() + line.size() > options_.buffer) {
    ++dropped_;
    dropped_total_.add();
    return;
  }
  const bool first = waiting_.empty();
  waiting_.append(line.data(), line.size());
  if (message.level >= spdlog::level::warn) urgent_ = true;
  if (first || urgent_) wake_.notify_one();
}

void LogSink::tell_of_dropped() {
  if (waiting_.size() > options_.buffer / 2) return;
  const auto lines = std::exchange(dropped_, 0);
  const std::string text =
      "the log dropped " + std::to_string(lines) + " lines, because nobody took them in time";
  append(spdlog::details::log_msg("log", spdlog::level::warn, text));
}

void LogSink::flush_() {
  // The lock is the caller's.
  std::unique_lock lock(mutex_, std::adopt_lock);
  urgent_ = true;
  wake_.notify_one();
  written_.wait_for(lock, options_.last_chance, [this] { return waiting_.empty() && !writing_; });
  lock.release();
}

void LogSink::work() {
  pthread_setname_np(pthread_self(), "log");
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
    wake_.wait_for(lock, options_.gather, [this] { return closing_ || urgent_; });
    if (waiting_.empty()) return;
    urgent_ = false;
    writing_ = true;
    const auto lines = std::exchange(waiting_, {});
    lock.unlock();
    const bool done = write(lines);
    lock.lock();
    writing_ = false;
    written_.notify_all();
    if (!done) return;
  }
}

/// In portions that fit a pipe whenever poll says so, since a larger write could block for ever and
/// with it the end of the process (pipe(7), PIPE_BUF).
bool LogSink::write(std::string_view lines) {
  while (!lines.empty()) {
    if (!wait_writable()) return false;
    const auto count =
        ::write(options_.descriptor, lines.data(), std::min<std::size_t>(lines.size(), PIPE_BUF));
    if (count >= 0) {
      lines.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR && errno != EAGAIN) {
      return true;  // nobody reads: these lines are lost, later ones may not be
    }
  }
  return true;
}

bool LogSink::wait_writable() {
  for (;;) {
    pollfd wanted{.fd = options_.descriptor, .events = POLLOUT, .revents = 0};
    if (::poll(&wanted, 1, kPollMillis) > 0) return true;
    if (given_up()) return false;
  }
}

bool LogSink::given_up() {
  const std::lock_guard lock(mutex_);
  return closing_ && steady_clock::now() >= end_;
}

}  // namespace pixelvault::base
