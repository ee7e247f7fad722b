// API keys in the database. Any thread may call.
#pragma once

#include <soci/soci.h>

#include <optional>
#include <string>
#include <vector>

#include "adapters/sql/database.hpp"
#include "adapters/sql/prepared.hpp"
#include "ports/key_store.hpp"

namespace pixelvault::adapters::sql {

/// Who a key speaks for, prepared: nearly every request asks.
class FindCaller {
 public:
  explicit FindCaller(soci::session& session);
  std::optional<domain::Caller> run(const base::Sha256& key_hash, base::Timestamp now);

 private:
  domain::Caller caller() const;

  std::string hash_, account_, project_, key_, environment_, plan_, scopes_;
  long long now_ = 0;
  soci::statement statement_;
};

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
  PreparedPerSession<FindCaller> find_caller_;
  Database& database_;
};

}  // namespace pixelvault::adapters::sql
