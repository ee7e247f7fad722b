#include "services/health.hpp"

#include <chrono>
#include <exception>
#include <utility>

#include "base/log.hpp"

namespace pixelvault::services {
namespace {

constexpr std::chrono::seconds kFresh{1};

base::task<bool> is_healthy(ports::HealthProbe& probe) {
  try {
    co_await probe.check();
    co_return true;
  } catch (const std::exception& error) {
    spdlog::error("{} is not ready: {}", probe.name(), error.what());
    co_return false;
  }
}

}  // namespace

base::task<std::vector<HealthService::Finding>> HealthService::check() {
  auto findings = recent();
  if (!findings.empty()) co_return findings;
  for (auto* probe : probes_) {
    const bool healthy = co_await is_healthy(*probe);
    findings.push_back({.name = probe->name(), .healthy = healthy});
  }
  remember(findings);
  co_return findings;
}

std::vector<HealthService::Finding> HealthService::recent() {
  const std::lock_guard lock(mutex_);
  if (clock_.now() - checked_at_ >= kFresh) return {};
  return findings_;
}

void HealthService::remember(std::vector<Finding> findings) {
  const std::lock_guard lock(mutex_);
  findings_ = std::move(findings);
  checked_at_ = clock_.now();
}

}  // namespace pixelvault::services
