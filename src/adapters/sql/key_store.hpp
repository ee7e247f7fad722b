// API keys in the database. Any thread may call.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/sql/database.hpp"
#include "ports/key_store.hpp"

namespace pixelvault::adapters::sql {

class SqlKeyStore final : public ports::KeyStore {
 public:
  /// `database` outlives the store.
  explicit SqlKeyStore(Database& database) : database_(database) {}

  base::task<std::optional<domain::Caller>> find_caller(base::Sha256 key_hash,
                                                        base::Timestamp now) override;
  base::task<void> add(domain::StoredKey key) override;
  base::task<void> rotate(domain::StoredKey key, base::Timestamp others_until) override;
  base::task<std::vector<domain::StoredKey>> list(domain::ProjectId project,
                                                  base::Timestamp now) override;
  base::task<std::optional<domain::StoredKey>> find(domain::ProjectId project,
                                                    domain::KeyId key) override;
  base::task<bool> revoke(domain::ProjectId project, domain::KeyId key,
                          base::Timestamp now) override;
  base::task<std::uint32_t> revoke_all(domain::AccountId account, base::Timestamp now) override;
  base::task<void> note_uses(std::vector<ports::KeyUse> uses) override;

 private:
  Database& database_;
};

}  // namespace pixelvault::adapters::sql
