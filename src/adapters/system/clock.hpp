// The time of the operating system. Any thread may ask.
#pragma once

#include "ports/clock.hpp"

namespace pixelvault::adapters::system {

class SystemClock final : public ports::Clock {
 public:
  base::Timestamp now() const override;
};

}  // namespace pixelvault::adapters::system
