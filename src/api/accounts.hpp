// /v1/auth and /v1/account: registering, logging in and out, and who a credential is (contract §3).
// Serves all threads at once.
#pragma once

#include <cstddef>

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "http/router.hpp"
#include "services/accounts.hpp"
#include "services/rate_limiter.hpp"
#include "services/sessions.hpp"

namespace pixelvault::api {

class AccountsApi {
 public:
  /// `proxies` is how many trusted proxies stand before the server.
  AccountsApi(services::AccountService& accounts, services::SessionService& sessions,
              services::RateLimiter& limits, std::size_t proxies)
      : accounts_(accounts), sessions_(sessions), limits_(limits), proxies_(proxies) {}

  base::task<domain::Result<http::Response>> register_account(http::Request& request,
                                                              http::PathValues path);
  base::task<domain::Result<http::Response>> log_in(http::Request& request, http::PathValues path);
  base::task<domain::Result<http::Response>> log_out(domain::SessionCaller caller,
                                                     http::Request& request, http::PathValues path);
  base::task<domain::Result<http::Response>> show(domain::AnyCaller caller, http::Request& request,
                                                  http::PathValues path);

 private:
  services::AccountService& accounts_;
  services::SessionService& sessions_;
  services::RateLimiter& limits_;
  std::size_t proxies_;
};

}  // namespace pixelvault::api
