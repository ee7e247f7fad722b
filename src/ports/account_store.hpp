// The records of accounts, projects and keys. Every method is one transaction, durable when it
// returns. Any thread may call; every call may throw `base::Unavailable`.
#pragma once

#include <optional>

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
  /// Who the key with this hash speaks for.
  virtual base::task<std::optional<domain::Caller>> find_caller(base::Sha256 key_hash) = 0;
};

}  // namespace pixelvault::ports
