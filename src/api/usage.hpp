// GET /v1/usage (contract §4). Any thread may call.
#pragma once

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "http/router.hpp"
#include "services/usage.hpp"

namespace pixelvault::api {

class UsageApi {
 public:
  explicit UsageApi(services::UsageService& usage) : usage_(usage) {}

  base::task<domain::Result<http::Response>> get(domain::Caller caller, http::Request& request,
                                                 http::PathValues path);

 private:
  services::UsageService& usage_;
};

}  // namespace pixelvault::api
