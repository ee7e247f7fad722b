// Waiting without a thread, for what must be tried again soon.
#pragma once

#include <chrono>

#include "base/task.hpp"

namespace pixelvault::base {

/// Resumes the caller on its own executor when the time is over.
task<void> sleep_for(std::chrono::milliseconds time);

}  // namespace pixelvault::base
