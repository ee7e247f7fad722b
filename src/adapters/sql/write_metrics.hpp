// What the one writer of the database tells of itself. Belongs to the group commit.
#pragma once

#include <cstddef>
#include <functional>
#include <utility>

#include "base/metrics.hpp"

namespace pixelvault::adapters::sql {

struct WriteMetrics {
  /// `count_waiting` may be called from any thread until the end of this object.
  WriteMetrics(std::size_t queue, std::function<std::size_t()> count_waiting)
      : waiting(base::MetricKind::Gauge,
                {.name = "pixelvault_sql_writes_waiting",
                 .help = "Writes that wait for the next transaction."},
                [count = std::move(count_waiting)] { return static_cast<double>(count()); }),
        capacity(base::MetricKind::Gauge,
                 {.name = "pixelvault_sql_write_queue_capacity",
                  .help = "Writes that may wait before the database turns away."},
                 [queue] { return static_cast<double>(queue); }) {}

  base::Histogram batch{
      {.name = "pixelvault_sql_batch_size", .help = "Writes that one transaction took together."},
      base::kSizes};
  base::Histogram commit{
      {.name = "pixelvault_sql_commit_seconds", .help = "How long COMMIT took, its sync included."},
      base::kDurations};
  base::Counter failed{
      {.name = "pixelvault_sql_failed_transactions_total",
       .help = "Transactions that could not be committed, with all their writes."}};
  base::Counter refused{{.name = "pixelvault_sql_write_refusals_total",
                         .help = "Writes that were turned away because too many waited."}};
  base::SampledMetric waiting;
  base::SampledMetric capacity;
};

}  // namespace pixelvault::adapters::sql
