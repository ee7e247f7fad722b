// Accounts: registering, where one call makes an account, its first project and that project's
// first key; and telling a credential who it is. Any thread may call.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "ports/account_store.hpp"
#include "ports/clock.hpp"
#include "ports/key_store.hpp"
#include "ports/password_hasher.hpp"
#include "ports/project_store.hpp"
#include "ports/random_source.hpp"

namespace pixelvault::services {

class AccountService {
 public:
  struct Dependencies {
    ports::AccountStore& accounts;
    ports::KeyStore& keys;
    ports::ProjectStore& projects;
    ports::PasswordHasher& passwords;
    ports::Clock& clock;
    ports::RandomSource& random;
  };

  struct NewAccount {
    std::string email;
    std::optional<std::string> password{};  ///< may be left out; 8 to 1024 characters
    std::optional<std::string> plan{};      ///< the default plan when it is left out
  };

  struct Registered {
    domain::Account account;
    domain::Project project;
    std::string api_key;  ///< its only appearance
  };

  /// Everything that a credential may know of itself.
  struct Identity {
    domain::Account account;
    std::variant<domain::StoredKey, domain::SessionCaller> credential;
    std::optional<domain::Project> project{};  ///< of a key
  };

  /// `default_plan` is a name of the configured plans.
  AccountService(Dependencies dependencies, std::string default_plan)
      : use_(dependencies), default_plan_(std::move(default_plan)) {}

  /// InvalidRequest (email, password) or EmailTaken. Costs the same time whether or not the address
  /// is known.
  base::task<domain::Result<Registered>> register_account(NewAccount request);

  /// Unauthorized when the credential ended since it was checked.
  base::task<domain::Result<Identity>> identify(domain::AnyCaller caller);

 private:
  base::task<std::optional<Identity>> identify_key(domain::Account account, domain::Caller caller);

  Dependencies use_;
  std::string default_plan_;
};

}  // namespace pixelvault::services
