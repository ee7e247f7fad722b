// /v1/keys and /v1/auth/rotate-key: the API keys of a project (contract §3). Serves all threads at
// once.
#pragma once

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "http/router.hpp"
#include "services/keys.hpp"

namespace pixelvault::api {

class KeysApi {
 public:
  explicit KeysApi(services::KeyService& keys) : keys_(keys) {}

  base::task<domain::Result<http::Response>> list(domain::AnyCaller caller, http::Request& request,
                                                  http::PathValues path);
  base::task<domain::Result<http::Response>> create(domain::AnyCaller caller,
                                                    http::Request& request, http::PathValues path);
  base::task<domain::Result<http::Response>> revoke(domain::AnyCaller caller,
                                                    http::Request& request, http::PathValues path);
  base::task<domain::Result<http::Response>> rotate(domain::SessionCaller caller,
                                                    http::Request& request, http::PathValues path);

 private:
  services::KeyService& keys_;
};

}  // namespace pixelvault::api
