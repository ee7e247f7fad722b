#include "app/progress_bar.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace pixelvault::app {

namespace {

constexpr std::uint64_t kWidth = 24;  // characters of the bar
constexpr std::chrono::milliseconds kPause{100};

std::string bar(std::uint64_t percent) {
  const auto filled = kWidth * percent / 100;
  std::string text(filled, '=');
  if (filled < kWidth) text += '>';
  text.resize(kWidth, ' ');
  return '[' + text + ']';
}

std::string time_left(std::uint64_t seconds) {
  if (seconds < 120) return fmt::format("{} s", seconds);
  if (seconds < 7200) return fmt::format("{} min", seconds / 60);
  return fmt::format("{} h", seconds / 3600);
}

std::string amount(const services::Progress& progress) {
  if (progress.bytes == 0) return "";
  return fmt::format(", {} MB", progress.bytes >> 20);
}

}  // namespace

std::string progress_line(const services::Progress& progress, std::chrono::milliseconds elapsed) {
  const auto millis = static_cast<std::uint64_t>(std::max<std::int64_t>(elapsed.count(), 1));
  const auto rate = progress.done * 1000 / millis;
  if (progress.total == 0) {
    return fmt::format("{} {}{}, {}/s", progress.step, progress.done, amount(progress), rate);
  }
  // The total is what the counters say: there may turn out to be more.
  const auto done = std::min(progress.done, progress.total);
  const auto percent = done * 100 / progress.total;
  const auto left = done == 0 ? 0 : millis * (progress.total - done) / done / 1000;
  return fmt::format("{} {:>3} % {} {}/{}{}, {}/s, {} left", bar(percent), percent, progress.step,
                     progress.done, progress.total, amount(progress), rate, time_left(left));
}

ProgressBar::ProgressBar() : on_terminal_(::isatty(STDERR_FILENO) != 0) {}

void ProgressBar::clear() {
  if (std::exchange(anything_, false)) std::fputs("\r\x1b[K", stderr);
}

void ProgressBar::show(const services::Progress& progress) {
  if (!on_terminal_) return;
  const auto now = Clock::now();
  if (progress.step != step_) {
    step_ = progress.step;
    step_began_ = now;
  } else if (now - shown_ < kPause) {
    return;
  }
  shown_ = now;
  anything_ = true;
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - step_began_);
  fmt::print(stderr, "\r{}\x1b[K", progress_line(progress, elapsed));
  std::fflush(stderr);
}

}  // namespace pixelvault::app
