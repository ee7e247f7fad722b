// Progress of long work on a terminal: one line on standard error that is written over and over,
// and nothing when standard error is no terminal. Belongs to one thread.
#pragma once

#include <chrono>
#include <string>

#include "services/progress.hpp"

namespace pixelvault::app {

/// `[=====>    ] 48 % rows 480/1000, 95/s, 5 s left`. Pure.
std::string progress_line(const services::Progress& progress, std::chrono::milliseconds elapsed);

class ProgressBar {
 public:
  ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar() { clear(); }

  /// Shows it, at most ten times a second.
  void show(const services::Progress& progress);
  /// Takes the line away, before something else is printed.
  void clear();
  services::ProgressSink sink() {
    return [this](const services::Progress& progress) { show(progress); };
  }

 private:
  using Clock = std::chrono::steady_clock;

  const bool on_terminal_;
  std::string step_;
  Clock::time_point step_began_;
  Clock::time_point shown_;
  bool anything_ = false;
};

}  // namespace pixelvault::app
