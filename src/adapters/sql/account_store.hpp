// Accounts, projects and keys in the database. Any thread may call.
#pragma once

#include "adapters/sql/database.hpp"
#include "ports/account_store.hpp"

namespace pixelvault::adapters::sql {

class SqlAccountStore final : public ports::AccountStore {
 public:
  /// `database` outlives the store.
  explicit SqlAccountStore(Database& database) : database_(database) {}

  base::task<bool> create(ports::Registration registration) override;
  base::task<std::optional<domain::Caller>> find_caller(base::Sha256 key_hash) override;

 private:
  Database& database_;
};

}  // namespace pixelvault::adapters::sql
