// /v1/auth: accounts (contract §3).
#pragma once

#include "base/task.hpp"
#include "domain/error.hpp"
#include "http/router.hpp"
#include "services/accounts.hpp"

namespace pixelvault::api {

class AccountsApi {
 public:
  explicit AccountsApi(services::AccountService& accounts) : accounts_(accounts) {}

  base::task<domain::Result<http::Response>> register_account(http::Request& request,
                                                              http::PathValues path);

 private:
  services::AccountService& accounts_;
};

}  // namespace pixelvault::api
