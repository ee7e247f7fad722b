// The records of API keys. Every method is one transaction, durable when it returns. Any thread may
// call; every call may throw `base::Unavailable`.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/digest.hpp"
#include "base/task.hpp"
#include "domain/account.hpp"

namespace pixelvault::ports {

struct KeyUse {
  domain::KeyId key;
  base::Timestamp at;
};

class KeyStore {
 public:
  virtual ~KeyStore() = default;

  /// Who the key with this hash speaks for, unless it was revoked, has expired, or its project was
  /// deleted. One indexed look-up.
  virtual base::task<std::optional<domain::Caller>> find_caller(base::Sha256 key_hash,
                                                                base::Timestamp now) = 0;

  virtual base::task<void> add(domain::StoredKey key) = 0;

  /// Adds the key, and lets the keys of its project and environment that earlier rotations made end
  /// at `others_until`, unless they end earlier.
  virtual base::task<void> rotate(domain::StoredKey key, base::Timestamp others_until) = 0;

  /// Keys of the project that work at `now`, oldest first.
  virtual base::task<std::vector<domain::StoredKey>> list(domain::ProjectId project,
                                                          base::Timestamp now) = 0;

  /// Also finds keys that were revoked. Nothing for another project's key.
  virtual base::task<std::optional<domain::StoredKey>> find(domain::ProjectId project,
                                                            domain::KeyId key) = 0;

  /// Revoking what is revoked is the same again. False for another project's key.
  virtual base::task<bool> revoke(domain::ProjectId project, domain::KeyId key,
                                  base::Timestamp now) = 0;

  /// Revokes every key of all projects of the account. Returns how many worked until now.
  virtual base::task<std::uint32_t> revoke_all(domain::AccountId account, base::Timestamp now) = 0;

  /// Notes when keys were last used.
  virtual base::task<void> note_uses(std::vector<KeyUse> uses) = 0;
};

}  // namespace pixelvault::ports
