// Projects in memory. Any thread may call.
#pragma once

#include "ports/project_store.hpp"
#include "support/fake_records.hpp"

namespace pixelvault::support {

class FakeProjectStore final : public ports::ProjectStore {
 public:
  explicit FakeProjectStore(FakeRecordsPtr records = std::make_shared<FakeRecords>())
      : records_(std::move(records)) {}

  base::task<bool> add(domain::Project project, std::optional<std::uint64_t> limit) override;
  base::task<std::vector<domain::Project>> list(domain::AccountId account) override;
  base::task<std::optional<domain::Project>> find(domain::AccountId account,
                                                  domain::ProjectId project) override;
  base::task<std::optional<domain::Project>> rename(domain::AccountId account,
                                                    domain::ProjectId project,
                                                    std::string name) override;
  base::task<bool> mark_deleted(domain::AccountId account, domain::ProjectId project,
                                base::Timestamp now) override;
  base::task<std::vector<domain::ProjectId>> list_unemptied(std::uint32_t limit) override;

 private:
  /// Null for another account's project and for a deleted one.
  FakeRecords::Project* living(const domain::AccountId& account, const domain::ProjectId& project);

  FakeRecordsPtr records_;
};

}  // namespace pixelvault::support
