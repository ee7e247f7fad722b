// Images, their totals and the outbox in the database. Any thread may call.
#pragma once

#include "adapters/sql/database.hpp"
#include "adapters/sql/image_queries.hpp"
#include "adapters/sql/prepared.hpp"
#include "ports/image_store.hpp"

namespace pixelvault::adapters::sql {

class SqlImageStore final : public ports::ImageStore {
 public:
  /// `database` outlives the store.
  explicit SqlImageStore(Database& database) : database_(database) {}

  base::task<void> insert(domain::Image image) override;
  base::task<std::optional<domain::Image>> find(domain::ProjectId project,
                                                domain::ImageId image) override;
  base::task<ports::ImagePage> list(ports::ImageQuery query) override;
  base::task<std::optional<domain::Image>> mark_deleted(domain::ProjectId project,
                                                        domain::Environment environment,
                                                        domain::ImageId image,
                                                        base::Timestamp now) override;
  base::task<std::vector<std::string>> lease_removals(base::Timestamp now,
                                                      base::Timestamp leased_until,
                                                      std::uint32_t limit) override;
  base::task<void> finish_removal(std::string key) override;

 private:
  PreparedPerSession<FindImage> find_;
  Database& database_;
};

}  // namespace pixelvault::adapters::sql
