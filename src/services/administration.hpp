// What the operator does from the command line, next to a running server or without one: accounts,
// their plans, passwords and keys, and the key that signs links. Accounts go by their e-mail
// address. One thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "domain/plan.hpp"
#include "ports/account_store.hpp"
#include "ports/clock.hpp"
#include "ports/key_store.hpp"
#include "ports/link_key_store.hpp"
#include "ports/password_hasher.hpp"
#include "ports/random_source.hpp"
#include "services/accounts.hpp"

namespace pixelvault::services {

class Administration {
 public:
  struct Dependencies {
    AccountService& registration;
    ports::AccountStore& accounts;
    ports::KeyStore& keys;
    ports::LinkKeyStore& link_keys;
    ports::PasswordHasher& passwords;
    ports::Clock& clock;
    ports::RandomSource& random;
  };

  struct NewAccount {
    std::string email;
    std::optional<std::string> password{};
    std::optional<std::string> plan{};
  };

  /// `plans` outlives this service.
  Administration(Dependencies dependencies, const domain::Plans& plans)
      : use_(dependencies), plans_(plans) {}

  // Errors: NotFound (no account has this address), InvalidRequest with param email, password or
  // plan.

  /// Oldest first, only those after `after`; fewer than `limit` are the last.
  base::task<std::vector<domain::Account>> list_accounts(std::optional<domain::AccountId> after,
                                                         std::uint32_t limit);

  /// Also EmailTaken. The key is in the answer and nowhere else.
  base::task<domain::Result<AccountService::Registered>> create_account(NewAccount request);

  base::task<domain::Result<domain::Account>> set_plan(std::string email, std::string plan);

  /// Ends the account's sessions.
  base::task<domain::Result<domain::Account>> set_password(std::string email, std::string password);

  /// How many keys worked until now.
  base::task<domain::Result<std::uint32_t>> revoke_keys(std::string email);

  /// The id of the new key. Links that older keys signed go on.
  base::task<std::string> rotate_link_key();

 private:
  domain::Result<void> check_plan(const std::string& plan) const;
  base::task<domain::Result<domain::Account>> find(std::string email);

  Dependencies use_;
  const domain::Plans& plans_;
};

}  // namespace pixelvault::services
