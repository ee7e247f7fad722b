// Accounts, projects and keys in the database. Any thread may call.
#pragma once

#include <soci/soci.h>

#include <optional>
#include <string>

#include "adapters/sql/database.hpp"
#include "adapters/sql/prepared.hpp"
#include "ports/account_store.hpp"

namespace pixelvault::adapters::sql {

/// Who a key speaks for, prepared: nearly every request asks.
class FindCaller {
 public:
  explicit FindCaller(soci::session& session);
  std::optional<domain::Caller> run(const base::Sha256& key_hash);

 private:
  std::string hash_, account_, project_, key_, environment_, plan_;
  soci::statement statement_;
};

class SqlAccountStore final : public ports::AccountStore {
 public:
  /// `database` outlives the store.
  explicit SqlAccountStore(Database& database) : database_(database) {}

  base::task<bool> create(ports::Registration registration) override;
  base::task<std::optional<domain::Caller>> find_caller(base::Sha256 key_hash) override;

 private:
  PreparedPerSession<FindCaller> find_caller_;
  Database& database_;
};

}  // namespace pixelvault::adapters::sql
