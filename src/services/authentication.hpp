// Who a credential speaks for.
#pragma once

#include <optional>
#include <string>

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "ports/account_store.hpp"

namespace pixelvault::services {

class Authentication {
 public:
  explicit Authentication(ports::AccountStore& accounts) : accounts_(accounts) {}

  /// `credential` is what followed `Bearer` in the Authorization header, if there was one.
  /// Unauthorized when it is missing, malformed or unknown; a malformed one costs no look-up.
  base::task<domain::Result<domain::Caller>> authenticate(std::optional<std::string> credential);

 private:
  ports::AccountStore& accounts_;
};

}  // namespace pixelvault::services
