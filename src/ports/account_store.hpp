// The records of accounts and of their logins. Every method is one transaction, durable when it
// returns. Any thread may call; every call may throw `base::Unavailable`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "base/task.hpp"
#include "domain/account.hpp"

namespace pixelvault::ports {

/// A new account with its first project and that project's first key: all of them or none.
struct Registration {
  domain::Account account;
  domain::Project project;
  domain::StoredKey key;
};

class AccountStore {
 public:
  virtual ~AccountStore() = default;
  /// False, and nothing stored, when the address is taken (compared without regard to ASCII case).
  virtual base::task<bool> create(Registration registration) = 0;
  virtual base::task<std::optional<domain::Account>> find(domain::AccountId account) = 0;
  virtual base::task<std::optional<domain::Account>> find_by_email(std::string email) = 0;
  /// Oldest first, only those after `after`.
  virtual base::task<std::vector<domain::Account>> list(std::optional<domain::AccountId> after,
                                                        std::uint32_t limit) = 0;
  /// False when there is no such account.
  virtual base::task<bool> set_plan(domain::AccountId account, std::string plan) = 0;
  /// Ends all sessions of the account too. False when there is no such account.
  virtual base::task<bool> set_password_hash(domain::AccountId account, std::string hash) = 0;

  virtual base::task<void> open_session(domain::Session session) = 0;
  /// Who the session with this hash speaks for, unless it has ended.
  virtual base::task<std::optional<domain::SessionCaller>> find_session(base::Sha256 hash,
                                                                        base::Timestamp now) = 0;
  /// Ending what has ended is no error.
  virtual base::task<void> close_session(base::Sha256 hash) = 0;
  /// Forgets sessions that ended before `now`, at most `limit`. Returns how many.
  virtual base::task<std::uint32_t> forget_sessions(base::Timestamp now, std::uint32_t limit) = 0;
};

}  // namespace pixelvault::ports
