#include "base/pool_metrics.hpp"

#include <limits>
#include <utility>

#include "base/blocking_pool.hpp"

namespace pixelvault::base {

namespace {

MetricInfo info(const char* name, const char* help, const std::string& pool) {
  return {.name = name, .help = help, .labels = {{"pool", pool}}};
}

double capacity(std::size_t queue) {
  return queue == BlockingPool::kUnbounded ? std::numeric_limits<double>::infinity()
                                           : static_cast<double>(queue);
}

}  // namespace

PoolMetrics::PoolMetrics(const std::string& pool, std::size_t threads, std::size_t queue,
                         std::function<Use()> use)
    : use_(std::move(use)),
      refusals_(info("pixelvault_pool_refusals_total",
                     "Calls that were turned away because the queue of the pool was full.", pool)),
      waiting_(MetricKind::Gauge,
               info("pixelvault_pool_waiting", "Calls that wait for a thread of the pool.", pool),
               [this] { return static_cast<double>(use_().waiting); }),
      running_(MetricKind::Gauge,
               info("pixelvault_pool_running", "Calls that run in the pool.", pool),
               [this] { return static_cast<double>(use_().running); }),
      threads_(MetricKind::Gauge, info("pixelvault_pool_threads", "Threads of the pool.", pool),
               [threads] { return static_cast<double>(threads); }),
      capacity_(MetricKind::Gauge,
                info("pixelvault_pool_queue_capacity",
                     "Calls that may wait before the pool turns away.", pool),
                [queue] { return capacity(queue); }) {}

}  // namespace pixelvault::base
