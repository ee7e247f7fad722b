// Whether the database reads and commits, for `GET /readyz`. Any thread may ask.
#pragma once

#include "adapters/sql/database.hpp"
#include "ports/health_probe.hpp"

namespace pixelvault::adapters::sql {

class DatabaseProbe final : public ports::HealthProbe {
 public:
  /// `database` outlives the probe.
  explicit DatabaseProbe(Database& database) : database_(database) {}

  std::string name() const override { return "database"; }
  base::task<void> check() override;

 private:
  Database& database_;
};

}  // namespace pixelvault::adapters::sql
