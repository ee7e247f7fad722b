// Expiry, the emptying of projects and the outbox in the database. Any thread may call.
#pragma once

#include <string>
#include <vector>

#include "adapters/sql/database.hpp"
#include "ports/image_upkeep.hpp"

namespace pixelvault::adapters::sql {

class SqlImageUpkeep final : public ports::ImageUpkeep {
 public:
  /// `database` outlives the store.
  explicit SqlImageUpkeep(Database& database) : database_(database) {}

  base::task<std::uint32_t> expire(base::Timestamp now, std::uint32_t limit) override;
  base::task<std::uint32_t> empty_project(domain::ProjectId project, base::Timestamp now,
                                          std::uint32_t limit) override;
  base::task<std::uint32_t> forget_keys(base::Timestamp now, std::uint32_t limit) override;
  base::task<std::vector<ports::BlobRef>> lease_removals(base::Timestamp now,
                                                         base::Timestamp leased_until,
                                                         std::uint32_t limit) override;
  base::task<std::uint32_t> end_leases(base::Timestamp now) override;
  base::task<void> finish_removal(ports::BlobRef blob) override;

 private:
  Database& database_;
};

}  // namespace pixelvault::adapters::sql
