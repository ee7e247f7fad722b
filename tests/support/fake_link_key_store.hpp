// The ring of link keys in memory. Any thread may call.
#pragma once

#include "ports/link_key_store.hpp"
#include "support/fake_records.hpp"

namespace pixelvault::support {

class FakeLinkKeyStore final : public ports::LinkKeyStore {
 public:
  explicit FakeLinkKeyStore(FakeRecordsPtr records = std::make_shared<FakeRecords>())
      : records_(std::move(records)) {}

  base::task<std::vector<domain::LinkKey>> list() override;
  base::task<void> add(domain::LinkKey key) override;
  base::task<void> add_first(domain::LinkKey key) override;
  base::task<void> forget_before(base::Timestamp time) override;

 private:
  FakeRecordsPtr records_;  // newest key first
};

}  // namespace pixelvault::support
