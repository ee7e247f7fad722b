// A clock that stands still until the test moves it. Any thread may ask and move it.
#pragma once

#include <atomic>
#include <chrono>

#include "ports/clock.hpp"

namespace pixelvault::support {

class FakeClock final : public ports::Clock {
 public:
  /// 2026-11-22T10:00:00Z unless the test says otherwise.
  explicit FakeClock(base::Timestamp start = base::from_unix_millis(1'795'341'600'000))
      : millis_(base::to_unix_millis(start)) {}

  base::Timestamp now() const override { return base::from_unix_millis(millis_.load()); }
  void set(base::Timestamp now) { millis_ = base::to_unix_millis(now); }
  void advance(std::chrono::milliseconds by) { millis_ += by.count(); }

 private:
  std::atomic<std::int64_t> millis_;
};

}  // namespace pixelvault::support
