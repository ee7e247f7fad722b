// The operator's listener beside the public one: metrics and health, on an address and a thread of
// its own, so that it answers while the public one is full. Off unless the settings name an
// address.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "api/health.hpp"
#include "api/monitoring.hpp"
#include "api/pipeline.hpp"
#include "app/config.hpp"
#include "base/process_metrics.hpp"
#include "http/server.hpp"

namespace pixelvault::app {

class AdminListener {
 public:
  /// Binds; throws as `http::Server` does. `health` outlives this object.
  AdminListener(const Config& config, api::HealthApi& health);

  void start();
  void stop();
  /// Where it is reached, e.g. `http://127.0.0.1:9090`; nothing when it is off.
  std::optional<std::string> url() const { return url_; }

 private:
  base::ProcessMetrics process_;
  base::Gauge build_;
  api::MonitoringApi monitoring_;
  api::Pipeline pipeline_;
  std::unique_ptr<http::Server> server_;  // null when it is off
  std::optional<std::string> url_;
};

}  // namespace pixelvault::app
