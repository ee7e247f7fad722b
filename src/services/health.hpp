// Whether the systems behind the server answer.
#pragma once

#include <string>
#include <vector>

#include "base/task.hpp"
#include "ports/health_probe.hpp"

namespace pixelvault::services {

class HealthService {
 public:
  struct Finding {
    std::string name;
    bool healthy = false;
  };

  explicit HealthService(std::vector<ports::HealthProbe*> probes) : probes_(std::move(probes)) {}

  /// One real round trip to each system. What is wrong is logged, not told.
  base::task<std::vector<Finding>> check();

 private:
  std::vector<ports::HealthProbe*> probes_;
};

}  // namespace pixelvault::services
