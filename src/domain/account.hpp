// Accounts, their projects, keys and sessions (contract §3), as the stores keep them.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "base/digest.hpp"
#include "base/time.hpp"
#include "domain/ids.hpp"
#include "domain/image.hpp"
#include "domain/scope.hpp"

namespace pixelvault::domain {

struct Account {
  AccountId id;
  std::string email;          ///< as it was given; unique without regard to case
  std::string password_hash;  ///< empty when the account has no password
  std::string plan;           ///< a name of the configured plans
  base::Timestamp created_at;
};

struct Project {
  ProjectId id;
  AccountId account;
  std::string name;
  base::Timestamp created_at;
};

/// Why a key was made: only a key that a rotation made is retired by the next rotation.
enum class KeyOrigin { Registration, Request, Rotation };

/// An API key as it is kept: never its text, only what finds it and what may be shown.
struct StoredKey {
  KeyId id;
  ProjectId project;
  Environment environment = Environment::Live;
  base::Sha256 hash{};       ///< of the whole key text
  std::string shown_prefix;  ///< its first 12 characters
  base::Timestamp created_at;
  std::string label = {};  ///< may be empty
  Scopes scopes = Scopes::all();
  KeyOrigin origin = KeyOrigin::Registration;
  std::optional<base::Timestamp> expires_at = {};
  std::optional<base::Timestamp> revoked_at = {};
  std::optional<base::Timestamp> last_used_at = {};  ///< to about a minute
};

/// Who a key speaks for.
struct Caller {
  AccountId account;
  ProjectId project;
  KeyId key;
  Environment environment = Environment::Live;
  std::string plan;
  Scopes scopes = Scopes::all();
};

/// A login, as it is kept.
struct Session {
  base::Sha256 hash{};  ///< of the whole token
  AccountId account;
  base::Timestamp created_at;
  base::Timestamp expires_at;
};

/// Who a session speaks for: a whole account, with all its projects.
struct SessionCaller {
  AccountId account;
  std::string plan;
  base::Sha256 session{};  ///< its hash
  base::Timestamp expires_at;
};

/// Whatever a valid credential may be.
using AnyCaller = std::variant<Caller, SessionCaller>;

}  // namespace pixelvault::domain
