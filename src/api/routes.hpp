// Every URL of the server, its method, its auth and its handler.
#pragma once

#include "api/accounts.hpp"
#include "api/batch.hpp"
#include "api/delivery.hpp"
#include "api/discovery.hpp"
#include "api/exports.hpp"
#include "api/guards.hpp"
#include "api/health.hpp"
#include "api/images.hpp"
#include "api/keys.hpp"
#include "api/links.hpp"
#include "api/not_supported.hpp"
#include "api/projects.hpp"
#include "api/usage.hpp"
#include "http/router.hpp"

namespace pixelvault::api {

/// The handlers of all features; they outlive the router.
struct Handlers {
  AccountsApi& accounts;
  ProjectsApi& projects;
  KeysApi& keys;
  ImagesApi& images;
  BatchApi& batches;
  LinksApi& links;
  UsageApi& usage;
  ExportsApi& exports;
  NotSupportedApi& not_supported;
  DeliveryApi& delivery;
  DiscoveryApi& discovery;
  HealthApi& health;
};

http::Router make_routes(Handlers handlers, Gate gate);

}  // namespace pixelvault::api
