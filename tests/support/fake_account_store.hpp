// Accounts, projects and keys in memory. Any thread may call.
#pragma once

#include <mutex>
#include <vector>

#include "ports/account_store.hpp"

namespace pixelvault::support {

class FakeAccountStore final : public ports::AccountStore {
 public:
  base::task<bool> create(ports::Registration registration) override;
  base::task<std::optional<domain::Caller>> find_caller(base::Sha256 key_hash) override;

  /// For tests: everything that was stored, in order.
  std::vector<ports::Registration> registrations() const;

 private:
  mutable std::mutex mutex_;
  std::vector<ports::Registration> registrations_;
};

}  // namespace pixelvault::support
