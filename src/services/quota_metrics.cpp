#include "services/quota_metrics.hpp"

#include <utility>

#include "base/metrics.hpp"

namespace pixelvault::services {

namespace {

base::MetricInfo info(const char* quota) {
  return {.name = "pixelvault_quota_refusals_total",
          .help = "Requests that were refused with 402, by limit of the plan.",
          .labels = {{"quota", quota}}};
}

base::Counter storage(info("storage"));
base::Counter uploads(info("uploads"));
base::Counter bandwidth(info("bandwidth"));
base::Counter private_images(info("private_images"));
base::Counter projects(info("projects"));

base::Counter& counter_of(domain::Quota quota) {
  switch (quota) {
    case domain::Quota::Storage:
      return storage;
    case domain::Quota::Uploads:
      return uploads;
    case domain::Quota::Bandwidth:
      return bandwidth;
    case domain::Quota::PrivateImages:
      return private_images;
    case domain::Quota::Projects:
      return projects;
  }
  std::unreachable();
}

}  // namespace

void count_refusal(domain::Quota quota) noexcept { counter_of(quota).add(); }

}  // namespace pixelvault::services
