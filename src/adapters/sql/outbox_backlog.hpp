// How much waits in the outbox of the database. Any thread may call.
#pragma once

#include "adapters/sql/database.hpp"
#include "ports/outbox.hpp"

namespace pixelvault::adapters::sql {

class SqlOutbox final : public ports::Outbox {
 public:
  /// `database` outlives the store.
  explicit SqlOutbox(Database& database) : database_(database) {}

  base::task<ports::Backlog> measure(base::Timestamp now) override;

 private:
  Database& database_;
};

}  // namespace pixelvault::adapters::sql
