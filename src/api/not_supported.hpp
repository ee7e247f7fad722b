// The calls of the hosted product that need a foreign model or a mail server, which this server has
// not: each answers 501 and says what to do instead. Serves all threads at once.
#pragma once

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "http/router.hpp"

namespace pixelvault::api {

class NotSupportedApi {
 public:
  /// POST /v1/images/generate
  base::task<domain::Result<http::Response>> generate(domain::Caller caller, http::Request& request,
                                                      http::PathValues path);
  /// POST /v1/images/:id/describe
  base::task<domain::Result<http::Response>> describe(domain::Caller caller, http::Request& request,
                                                      http::PathValues path);
  /// POST /v1/auth/device/start and /v1/auth/device/complete
  base::task<domain::Result<http::Response>> device_login(http::Request& request,
                                                          http::PathValues path);
};

}  // namespace pixelvault::api
