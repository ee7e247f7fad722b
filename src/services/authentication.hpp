// Who a credential speaks for. Every request asks, so the answers are remembered for a second: a
// busy key costs the database one indexed look-up a second, and a revocation by another process is
// seen within that time. Any thread may call.
#pragma once

#include <optional>
#include <string>

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "ports/account_store.hpp"
#include "ports/clock.hpp"
#include "ports/key_store.hpp"
#include "services/caller_cache.hpp"

namespace pixelvault::services {

class Authentication {
 public:
  struct Dependencies {
    ports::KeyStore& keys;
    ports::AccountStore& accounts;
    ports::Clock& clock;
  };

  explicit Authentication(Dependencies dependencies) : use_(dependencies) {}

  /// `credential` is what followed `Bearer` in the Authorization header, if there was one: an API
  /// key or the token of a session. Unauthorized when it is missing, malformed, unknown, revoked or
  /// expired; a malformed one costs no look-up.
  base::task<domain::Result<domain::AnyCaller>> authenticate(std::optional<std::string> credential);

  /// Whether a session goes on, asked of the store: for what outlasts the session.
  base::task<bool> is_open(domain::SessionCaller caller);

  /// What ended in this process is asked for anew from here on.
  void forget_session(const base::Sha256& hash);
  void forget_key(const domain::KeyId& key);
  void forget_project(const domain::ProjectId& project);

 private:
  enum class Kind { Key, Session };
  base::task<std::optional<domain::AnyCaller>> find(Kind kind, base::Sha256 hash);
  base::task<std::optional<domain::AnyCaller>> look_up(Kind kind, base::Sha256 hash,
                                                       base::Timestamp now);

  Dependencies use_;
  CallerCache cache_;
};

/// Forbidden, naming the scope, when the key has it not.
domain::Result<void> require_scope(const domain::Caller& caller, domain::Scope scope);

}  // namespace pixelvault::services
