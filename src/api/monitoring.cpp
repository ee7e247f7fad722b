#include "api/monitoring.hpp"

#include "api/guards.hpp"
#include "base/metrics.hpp"

namespace pixelvault::api {

using http::Method;

base::task<domain::Result<http::Response>> MonitoringApi::metrics(http::Request&,
                                                                  http::PathValues) {
  http::Response response;
  response.add("Content-Type", base::kMetricsContentType);
  response.add("Cache-Control", "no-store");
  response.body = base::metrics_text();
  co_return response;
}

http::Router make_monitoring_routes(MonitoringApi& monitoring, HealthApi& health) {
  return http::Router({
      {Method::Get, "/metrics", anyone(monitoring, &MonitoringApi::metrics)},
      {Method::Get, "/healthz", anyone(health, &HealthApi::live)},
      {Method::Get, "/readyz", anyone(health, &HealthApi::ready)},
  });
}

}  // namespace pixelvault::api
