// The ring of link keys in the database; it is small, and read whole. Any thread may call.
#pragma once

#include <vector>

#include "adapters/sql/database.hpp"
#include "ports/link_key_store.hpp"

namespace pixelvault::adapters::sql {

class SqlLinkKeyStore final : public ports::LinkKeyStore {
 public:
  /// `database` outlives the store.
  explicit SqlLinkKeyStore(Database& database) : database_(database) {}

  base::task<std::vector<domain::LinkKey>> list() override;
  base::task<void> add(domain::LinkKey key) override;
  base::task<void> add_first(domain::LinkKey key) override;
  base::task<void> forget_before(base::Timestamp time) override;

 private:
  Database& database_;
};

}  // namespace pixelvault::adapters::sql
