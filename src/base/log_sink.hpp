// Where the lines of the log go: into a bounded buffer, from which a thread of its own writes them
// to a descriptor some milliseconds later, many at once. Whoever logs never waits for a slow pipe
// or terminal: when the buffer is full, new lines are dropped, counted, and told of once there is
// room. Warnings and errors are written at once. Used by the log only; any thread.
#pragma once

#include <spdlog/sinks/base_sink.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "base/metrics.hpp"

namespace pixelvault::base {

class LogSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  struct Options {
    int descriptor = 2;                           ///< stays open as long as the sink
    std::size_t buffer = 1024UL * 1024;           ///< bytes that may wait
    std::chrono::milliseconds gather{20};         ///< lines that come within are written together
    std::chrono::milliseconds last_chance{1000};  ///< for the rest, at a flush and at the end
  };

  explicit LogSink(const Options& options);
  LogSink(const LogSink&) = delete;
  LogSink& operator=(const LogSink&) = delete;
  /// Writes what waits, as far as that works within `last_chance`.
  ~LogSink() override;

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override;
  void flush_() override;

 private:
  void append(const spdlog::details::log_msg& message);
  void tell_of_dropped();
  void work();
  bool write(std::string_view lines);
  bool wait_writable();
  bool given_up();

  Options options_;
  Counter dropped_total_;
  // All below are guarded by the sink's mutex_, which spdlog holds around sink_it_ and flush_.
  std::string waiting_;
  std::uint64_t dropped_ = 0;  // since the last line that was written
  bool urgent_ = false;
  bool writing_ = false;
  bool closing_ = false;
  std::chrono::steady_clock::time_point end_{};  // when closing
  std::condition_variable wake_;
  std::condition_variable written_;
  std::thread thread_;
};

}  // namespace pixelvault::base
