// What accounts have used, in the database. Any thread may call.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/sql/database.hpp"
#include "ports/usage_store.hpp"

namespace pixelvault::adapters::sql {

class SqlUsageStore final : public ports::UsageStore {
 public:
  /// `database` outlives the store.
  explicit SqlUsageStore(Database& database) : database_(database) {}

  base::task<domain::AccountUsage> find(domain::AccountId account, std::string month) override;
  base::task<void> book_bandwidth(std::vector<ports::SentBytes> sent, std::string month) override;
  base::task<std::optional<ports::BandwidthUse>> find_bandwidth(domain::ProjectId project,
                                                                std::string month) override;

 private:
  Database& database_;
};

}  // namespace pixelvault::adapters::sql
