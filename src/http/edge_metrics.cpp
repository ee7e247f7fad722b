#include "http/edge_metrics.hpp"

#include <atomic>
#include <cstdint>

namespace pixelvault::http {

namespace {

/// A counter of the listener, read when the page is.
base::SampledMetric counter(const char* name, const char* help, const std::string& listener,
                            const std::atomic<std::uint64_t>& value) {
  return {base::MetricKind::Counter,
          {.name = name, .help = help, .labels = {{"listener", listener}}},
          [&value] { return static_cast<double>(value.load(std::memory_order_relaxed)); }};
}

}  // namespace

EdgeMetrics::EdgeMetrics(const EdgeCounters& counters, const std::string& listener)
    : accepted_(counter("pixelvault_http_connections_accepted_total",
                        "Connections that were let in.", listener, counters.accepted)),
      refused_(counter("pixelvault_http_connections_refused_total",
                       "Connections over a limit that got a 503.", listener, counters.refused)),
      dropped_(counter("pixelvault_http_connections_dropped_total",
                       "Connections over a limit that were closed without an answer.", listener,
                       counters.dropped)),
      refused_requests_(counter("pixelvault_http_requests_refused_total",
                                "Requests over max_requests: 503.", listener,
                                counters.refused_requests)),
      cold_reads_(counter("pixelvault_http_cold_reads_total",
                          "Portions of files that had to be read from the disk first.", listener,
                          counters.cold_reads)) {}

}  // namespace pixelvault::http
