// The edge's counters on the metrics page. One a server; the counters outlive it.
#pragma once

#include <string>

#include "base/metrics.hpp"
#include "http/edge_counters.hpp"

namespace pixelvault::http {

class EdgeMetrics {
 public:
  /// `listener` as in `Options::name`.
  EdgeMetrics(const EdgeCounters& counters, const std::string& listener);

 private:
  base::SampledMetric accepted_;
  base::SampledMetric refused_;
  base::SampledMetric dropped_;
  base::SampledMetric refused_requests_;
  base::SampledMetric cold_reads_;
};

}  // namespace pixelvault::http
