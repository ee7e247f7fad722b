// What the operator's own listener answers: the metrics, and the two health checks of the public
// one. Never on the public listener: the metrics tell how much the server is used.
#pragma once

#include "api/health.hpp"
#include "http/router.hpp"

namespace pixelvault::api {

class MonitoringApi {
 public:
  /// Prometheus' text format.
  base::task<domain::Result<http::Response>> metrics(http::Request& request, http::PathValues path);
};

/// Every URL of the operator's listener. The handlers outlive the router.
http::Router make_monitoring_routes(MonitoringApi& monitoring, HealthApi& health);

}  // namespace pixelvault::api
