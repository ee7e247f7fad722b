// Accounts and their sessions in the database. Any thread may call.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/sql/database.hpp"
#include "ports/account_store.hpp"

namespace pixelvault::adapters::sql {

class SqlAccountStore final : public ports::AccountStore {
 public:
  /// `database` outlives the store.
  explicit SqlAccountStore(Database& database) : database_(database) {}

  base::task<bool> create(ports::Registration registration) override;
  base::task<std::optional<domain::Account>> find(domain::AccountId account) override;
  base::task<std::optional<domain::Account>> find_by_email(std::string email) override;
  base::task<std::vector<domain::Account>> list(std::optional<domain::AccountId> after,
                                                std::uint32_t limit) override;
  base::task<bool> set_plan(domain::AccountId account, std::string plan) override;
  base::task<bool> set_password_hash(domain::AccountId account, std::string hash) override;
  base::task<void> open_session(domain::Session session) override;
  base::task<std::optional<domain::SessionCaller>> find_session(base::Sha256 hash,
                                                                base::Timestamp now) override;
  base::task<void> close_session(base::Sha256 hash) override;
  base::task<std::uint32_t> forget_sessions(base::Timestamp now, std::uint32_t limit) override;

 private:
  Database& database_;
};

}  // namespace pixelvault::adapters::sql
