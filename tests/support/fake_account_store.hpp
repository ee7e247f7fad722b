// Accounts and sessions in memory. Any thread may call.
#pragma once

#include <vector>

#include "ports/account_store.hpp"
#include "support/fake_records.hpp"

namespace pixelvault::support {

class FakeAccountStore final : public ports::AccountStore {
 public:
  explicit FakeAccountStore(FakeRecordsPtr records = std::make_shared<FakeRecords>())
      : records_(std::move(records)) {}

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

  /// For tests: everything that was registered, in order.
  std::vector<ports::Registration> registrations() const;
  /// For tests: the sessions that were opened and neither closed nor forgotten.
  std::vector<domain::Session> sessions() const;

 private:
  const domain::Account* by_email(const std::string& email) const;

  FakeRecordsPtr records_;
  std::vector<ports::Registration> registrations_;  // guarded by the records' mutex
};

}  // namespace pixelvault::support
