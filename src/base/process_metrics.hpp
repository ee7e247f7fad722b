// What the system knows of this process: processor time, memory, open files, start. The names are
// those that every client of Prometheus uses. Read from /proc whenever the page is read.
#pragma once

#include <list>

#include "base/metrics.hpp"

namespace pixelvault::base {

class ProcessMetrics {
 public:
  ProcessMetrics();

 private:
  std::list<SampledMetric> metrics_;
};

}  // namespace pixelvault::base
