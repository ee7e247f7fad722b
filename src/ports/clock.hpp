// The time, so that tests can decide it. Any thread may ask.
#pragma once

#include "base/time.hpp"

namespace pixelvault::ports {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual base::Timestamp now() const = 0;
};

}  // namespace pixelvault::ports
