#include "api/routes.hpp"

#include "api/guards.hpp"

namespace pixelvault::api {

using http::Method;
using enum domain::Scope;

http::Router make_routes(Handlers use, Gate gate) {
  return http::Router({
      {Method::Post, "/v1/auth/register", anyone(use.accounts, &AccountsApi::register_account)},
      {Method::Post, "/v1/auth/login", anyone(use.accounts, &AccountsApi::log_in)},
      {Method::Post, "/v1/auth/logout", with_session(gate, use.accounts, &AccountsApi::log_out)},
      {Method::Post, "/v1/auth/rotate-key", with_session(gate, use.keys, &KeysApi::rotate)},
      {Method::Post, "/v1/auth/device/start",
       anyone(use.not_supported, &NotSupportedApi::device_login)},
      {Method::Post, "/v1/auth/device/complete",
       anyone(use.not_supported, &NotSupportedApi::device_login)},
      {Method::Get, "/v1/account", with_any(gate, use.accounts, &AccountsApi::show)},

      {Method::Get, "/v1/projects", with_session(gate, use.projects, &ProjectsApi::list)},
      {Method::Post, "/v1/projects", with_session(gate, use.projects, &ProjectsApi::create)},
      {Method::Get, "/v1/projects/:id", with_session(gate, use.projects, &ProjectsApi::get)},
      {Method::Patch, "/v1/projects/:id", with_session(gate, use.projects, &ProjectsApi::rename)},
      {Method::Delete, "/v1/projects/:id", with_session(gate, use.projects, &ProjectsApi::remove)},

      {Method::Get, "/v1/keys", with_any(gate, use.keys, &KeysApi::list)},
      {Method::Post, "/v1/keys", with_any(gate, use.keys, &KeysApi::create)},
      {Method::Delete, "/v1/keys/:id", with_any(gate, use.keys, &KeysApi::revoke)},

      {Method::Post, "/v1/images", with_key(gate, ImagesWrite, use.images, &ImagesApi::upload)},
      {Method::Get, "/v1/images", with_key(gate, ImagesRead, use.images, &ImagesApi::list)},
      {Method::Post, "/v1/images/batch",
       with_key(gate, ImagesWrite, use.batches, &BatchApi::upload)},
      {Method::Post, "/v1/images/generate",
       with_key(gate, ImagesWrite, use.not_supported, &NotSupportedApi::generate)},
      {Method::Get, "/v1/images/:id", with_key(gate, ImagesRead, use.images, &ImagesApi::get)},
      {Method::Patch, "/v1/images/:id",
       with_key(gate, ImagesWrite, use.images, &ImagesApi::update)},
      {Method::Delete, "/v1/images/:id",
       with_key(gate, ImagesDelete, use.images, &ImagesApi::remove)},
      {Method::Post, "/v1/images/:id/sign-url",
       with_key(gate, ImagesRead, use.links, &LinksApi::sign)},
      {Method::Post, "/v1/images/:id/describe",
       with_key(gate, ImagesWrite, use.not_supported, &NotSupportedApi::describe)},
      {Method::Get, "/v1/usage", with_key(gate, UsageRead, use.usage, &UsageApi::get)},

      {Method::Post, "/v1/export", with_key(gate, ImagesRead, use.exports, &ExportsApi::start)},
      {Method::Get, "/v1/export-jobs/:id",
       with_key(gate, ImagesRead, use.exports, &ExportsApi::status)},
      {Method::Get, "/v1/export-jobs/:id/download",
       with_key(gate, ImagesRead, use.exports, &ExportsApi::download)},

      {Method::Get, "/proj_:project/:file", anyone(use.delivery, &DeliveryApi::deliver)},
      {Method::Get, "/proj_:project/cp/i/:file",
       anyone(use.delivery, &DeliveryApi::deliver_private)},

      {Method::Get, "/", anyone(use.discovery, &DiscoveryApi::index)},
      {Method::Get, "/openapi.yaml", anyone(use.discovery, &DiscoveryApi::openapi_yaml)},
      {Method::Get, "/openapi.json", anyone(use.discovery, &DiscoveryApi::openapi_json)},
      {Method::Get, "/docs", anyone(use.discovery, &DiscoveryApi::docs)},
      {Method::Get, "/docs/errors", anyone(use.discovery, &DiscoveryApi::error_docs)},
      {Method::Get, "/docs/:asset", anyone(use.discovery, &DiscoveryApi::docs_asset)},
      {Method::Get, "/llms.txt", anyone(use.discovery, &DiscoveryApi::llms_txt)},
      {Method::Get, "/.well-known/api-catalog", anyone(use.discovery, &DiscoveryApi::api_catalog)},

      {Method::Get, "/healthz", anyone(use.health, &HealthApi::live)},
      {Method::Get, "/readyz", anyone(use.health, &HealthApi::ready)},
  });
}

}  // namespace pixelvault::api
