#include "api/routes.hpp"

#include "api/guards.hpp"

namespace pixelvault::api {

using http::Method;

http::Router make_routes(Handlers use, services::Authentication& auth) {
  return http::Router({
      {Method::Post, "/v1/auth/register", anyone(use.accounts, &AccountsApi::register_account)},

      {Method::Post, "/v1/images", with_key(auth, use.images, &ImagesApi::upload)},
      {Method::Get, "/v1/images", with_key(auth, use.images, &ImagesApi::list)},
      {Method::Get, "/v1/images/:id", with_key(auth, use.images, &ImagesApi::get)},
      {Method::Delete, "/v1/images/:id", with_key(auth, use.images, &ImagesApi::remove)},

      {Method::Get, "/proj_:project/:file", anyone(use.delivery, &DeliveryApi::deliver)},

      {Method::Get, "/healthz", anyone(use.health, &HealthApi::live)},
      {Method::Get, "/readyz", anyone(use.health, &HealthApi::ready)},
  });
}

}  // namespace pixelvault::api
