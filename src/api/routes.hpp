// Every URL of the server, its method, its auth and its handler.
#pragma once

#include "api/accounts.hpp"
#include "api/delivery.hpp"
#include "api/health.hpp"
#include "api/images.hpp"
#include "http/router.hpp"
#include "services/authentication.hpp"

namespace pixelvault::api {

/// The handlers of all features; they outlive the router.
struct Handlers {
  AccountsApi& accounts;
  ImagesApi& images;
  DeliveryApi& delivery;
  HealthApi& health;
};

http::Router make_routes(Handlers handlers, services::Authentication& authentication);

}  // namespace pixelvault::api
