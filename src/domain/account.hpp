// Accounts, their projects and the keys of those (contract §3), as the stores keep them.
#pragma once

#include <string>

#include "base/digest.hpp"
#include "base/time.hpp"
#include "domain/ids.hpp"
#include "domain/image.hpp"

namespace pixelvault::domain {

struct Account {
  AccountId id;
  std::string email;          ///< as it was given; unique without regard to case
  std::string password_hash;  ///< empty when the account has no password
  std::string plan;           ///< a name of `kPlans`
  base::Timestamp created_at;
};

struct Project {
  ProjectId id;
  AccountId account;
  std::string name;
  base::Timestamp created_at;
};

/// An API key as it is kept: never its text, only what finds it and what may be shown.
struct StoredKey {
  KeyId id;
  ProjectId project;
  Environment environment = Environment::Live;
  base::Sha256 hash{};       ///< of the whole key text
  std::string shown_prefix;  ///< its first 12 characters
  base::Timestamp created_at;
};

/// Who a key speaks for.
struct Caller {
  AccountId account;
  ProjectId project;
  KeyId key;
  Environment environment = Environment::Live;
  std::string plan;
};

}  // namespace pixelvault::domain
