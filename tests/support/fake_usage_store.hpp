// What accounts have used, in memory: taken from the images and uploads of the same records. Any
// thread may call.
#pragma once

#include "ports/usage_store.hpp"
#include "support/fake_records.hpp"

namespace pixelvault::support {

class FakeUsageStore final : public ports::UsageStore {
 public:
  explicit FakeUsageStore(FakeRecordsPtr records = std::make_shared<FakeRecords>())
      : records_(std::move(records)) {}

  base::task<domain::AccountUsage> find(domain::AccountId account, std::string month) override;
  base::task<void> book_bandwidth(std::vector<ports::SentBytes> sent, std::string month) override;
  base::task<std::optional<ports::BandwidthUse>> find_bandwidth(domain::ProjectId project,
                                                                std::string month) override;

 private:
  FakeRecordsPtr records_;
};

}  // namespace pixelvault::support
