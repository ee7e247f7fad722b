// Whether the counters of the database agree with its rows. These statements read whole tables,
// which no other does: they belong to an operator's command, not to a request. Any thread may call.
#pragma once

#include <vector>

#include "adapters/sql/database.hpp"
#include "ports/counter_audit.hpp"

namespace pixelvault::adapters::sql {

class SqlCounterAudit final : public ports::CounterAudit {
 public:
  /// `database` outlives the audit.
  explicit SqlCounterAudit(Database& database) : database_(database) {}

  base::task<std::vector<ports::CounterDrift>> find_drift(base::Timestamp now,
                                                          std::uint32_t limit) override;
  base::task<std::vector<ports::CounterDrift>> repair(base::Timestamp now,
                                                      std::uint32_t limit) override;

 private:
  Database& database_;
};

}  // namespace pixelvault::adapters::sql
