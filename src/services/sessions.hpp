// Logins: an address and a password for a token that speaks for the whole account, for 24 hours.
// Any thread may call.
#pragma once

#include <chrono>
#include <string>

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "ports/account_store.hpp"
#include "ports/clock.hpp"
#include "ports/password_hasher.hpp"
#include "ports/random_source.hpp"
#include "services/authentication.hpp"

namespace pixelvault::services {

inline constexpr std::chrono::hours kSessionLifetime{24};

class SessionService {
 public:
  struct Dependencies {
    ports::AccountStore& accounts;
    ports::PasswordHasher& passwords;
    ports::Clock& clock;
    ports::RandomSource& random;
    Authentication& authentication;
  };

  struct Opened {
    std::string token;  ///< its only appearance
    domain::Account account;
    base::Timestamp expires_at;
  };

  explicit SessionService(Dependencies dependencies) : use_(dependencies) {}

  /// Unauthorized, in the same words and after the same work, whether the address or the password
  /// is wrong or the account has no password.
  base::task<domain::Result<Opened>> log_in(std::string email, std::string password);

  base::task<void> log_out(domain::SessionCaller caller);

 private:
  base::task<bool> is_password(const std::optional<domain::Account>& account, std::string password);
  base::task<Opened> open(domain::Account account);

  Dependencies use_;
};

}  // namespace pixelvault::services
