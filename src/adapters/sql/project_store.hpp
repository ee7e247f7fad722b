// Projects in the database. Any thread may call.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/sql/database.hpp"
#include "ports/project_store.hpp"

namespace pixelvault::adapters::sql {

class SqlProjectStore final : public ports::ProjectStore {
 public:
  /// `database` outlives the store.
  explicit SqlProjectStore(Database& database) : database_(database) {}

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
  Database& database_;
};

}  // namespace pixelvault::adapters::sql
