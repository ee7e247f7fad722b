// The metrics of the process that exist at the moment, and the page they make. Used by the metrics
// themselves only. Any thread may call.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "base/metrics.hpp"

namespace pixelvault::base {

class MetricsPage {
 public:
  void add(const Metric& metric);
  /// Waits while the page is being read, so that nobody reads what is gone.
  void remove(const Metric& metric);

  /// Prometheus' text format. Metrics of one name and labels are added up.
  std::string text() const;

 private:
  mutable std::mutex mutex_;
  std::vector<const Metric*> metrics_;
};

/// The one of the process, made before the first metric and gone after the last.
MetricsPage& metrics_page();

}  // namespace pixelvault::base
