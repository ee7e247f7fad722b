// Whether the systems behind the server answer.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "base/task.hpp"
#include "ports/clock.hpp"
#include "ports/health_probe.hpp"

namespace pixelvault::services {

class HealthService {
 public:
  struct Finding {
    std::string name;
    bool healthy = false;
  };

  HealthService(std::vector<ports::HealthProbe*> probes, ports::Clock& clock)
      : probes_(std::move(probes)), clock_(clock) {}

  /// A real round trip to each system, at most one a second: anybody may ask, and each one costs a
  /// sync of the disk. What is wrong is logged, not told. Any thread may call.
  base::task<std::vector<Finding>> check();

 private:
  std::vector<Finding> recent();
  void remember(std::vector<Finding> findings);

  std::vector<ports::HealthProbe*> probes_;
  ports::Clock& clock_;
  std::mutex mutex_;
  std::vector<Finding> findings_;  // of the last check; empty before the first one
  base::Timestamp checked_at_;
};

}  // namespace pixelvault::services
