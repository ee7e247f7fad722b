// Exports in memory. Any thread may call.
#pragma once

#include "ports/export_store.hpp"
#include "support/fake_records.hpp"

namespace pixelvault::support {

class FakeExportStore final : public ports::ExportStore {
 public:
  explicit FakeExportStore(FakeRecordsPtr records = std::make_shared<FakeRecords>())
      : records_(std::move(records)) {}

  base::task<bool> add(domain::Export job) override;
  base::task<std::optional<domain::Export>> find(domain::ProjectId project,
                                                 domain::Environment environment,
                                                 domain::ExportId id) override;
  base::task<std::optional<domain::Export>> lease(base::Timestamp now,
                                                  base::Timestamp leased_until) override;
  base::task<std::uint32_t> end_leases() override;
  base::task<void> update(domain::Export job, base::Timestamp leased_until) override;
  base::task<std::uint32_t> forget_expired(base::Timestamp time, std::uint32_t limit) override;

 private:
  FakeRecordsPtr records_;
};

}  // namespace pixelvault::support
