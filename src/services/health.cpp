#include "services/health.hpp"

#include "base/log.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::services {
namespace {

base::task<bool> is_healthy(ports::HealthProbe& probe) {
  try {
    co_await probe.check();
    co_return true;
  } catch (const base::Unavailable& error) {
    spdlog::error("{} is not ready: {}", probe.name(), error.what());
    co_return false;
  }
}

}  // namespace

base::task<std::vector<HealthService::Finding>> HealthService::check() {
  std::vector<Finding> findings;
  for (auto* probe : probes_) {
    const bool healthy = co_await is_healthy(*probe);
    findings.push_back({.name = probe->name(), .healthy = healthy});
  }
  co_return findings;
}

}  // namespace pixelvault::services
