// /healthz says that the process lives, /readyz that it can serve.
#pragma once

#include "base/task.hpp"
#include "domain/error.hpp"
#include "http/router.hpp"
#include "services/health.hpp"

namespace pixelvault::api {

class HealthApi {
 public:
  explicit HealthApi(services::HealthService& health) : health_(health) {}

  base::task<domain::Result<http::Response>> live(http::Request& request, http::PathValues path);
  base::task<domain::Result<http::Response>> ready(http::Request& request, http::PathValues path);

 private:
  services::HealthService& health_;
};

}  // namespace pixelvault::api
