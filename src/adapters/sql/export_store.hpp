// Exports in the database. Any thread may call.
#pragma once

#include <optional>

#include "adapters/sql/database.hpp"
#include "ports/export_store.hpp"

namespace pixelvault::adapters::sql {

class SqlExportStore final : public ports::ExportStore {
 public:
  /// `database` outlives the store.
  explicit SqlExportStore(Database& database) : database_(database) {}

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
  Database& database_;
};

}  // namespace pixelvault::adapters::sql
