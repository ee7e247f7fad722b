// Registering: one call makes an account, its first project and that project's first key.
#pragma once

#include <optional>
#include <string>

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "ports/account_store.hpp"
#include "ports/clock.hpp"
#include "ports/password_hasher.hpp"
#include "ports/random_source.hpp"

namespace pixelvault::services {

class AccountService {
 public:
  struct Dependencies {
    ports::AccountStore& accounts;
    ports::PasswordHasher& passwords;
    ports::Clock& clock;
    ports::RandomSource& random;
  };

  struct NewAccount {
    std::string email;
    std::optional<std::string> password{};  ///< may be left out; 8 to 1024 characters
  };

  struct Registered {
    domain::Account account;
    domain::Project project;
    std::string api_key;  ///< its only appearance
  };

  /// `default_plan` is a name of `domain::kPlans`.
  AccountService(Dependencies dependencies, std::string default_plan)
      : use_(dependencies), default_plan_(std::move(default_plan)) {}

  /// InvalidRequest (email, password) or EmailTaken. Costs the same time whether or not the address
  /// is known.
  base::task<domain::Result<Registered>> register_account(NewAccount request);

 private:
  Dependencies use_;
  std::string default_plan_;
};

}  // namespace pixelvault::services
