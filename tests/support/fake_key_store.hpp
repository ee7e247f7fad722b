// API keys in memory. Any thread may call.
#pragma once

#include <vector>

#include "ports/key_store.hpp"
#include "support/fake_records.hpp"

namespace pixelvault::support {

class FakeKeyStore final : public ports::KeyStore {
 public:
  explicit FakeKeyStore(FakeRecordsPtr records = std::make_shared<FakeRecords>())
      : records_(std::move(records)) {}

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

  /// For tests: every key that was stored, revoked ones too, oldest first.
  std::vector<domain::StoredKey> keys() const;

 private:
  bool works(const domain::StoredKey& key, base::Timestamp now) const;

  FakeRecordsPtr records_;
};

}  // namespace pixelvault::support
