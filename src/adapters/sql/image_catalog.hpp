// All images of the database, whoever they belong to. Any thread may call.
#pragma once

#include <optional>
#include <vector>

#include "adapters/sql/database.hpp"
#include "ports/image_catalog.hpp"

namespace pixelvault::adapters::sql {

class SqlImageCatalog final : public ports::ImageCatalog {
 public:
  /// `database` outlives the catalog.
  explicit SqlImageCatalog(Database& database) : database_(database) {}

  base::task<ports::CatalogTotals> totals() override;
  base::task<std::vector<domain::Image>> list(std::optional<domain::ImageId> after,
                                              std::uint32_t limit) override;
  base::task<std::optional<domain::Image>> find(domain::ImageId image) override;
  base::task<bool> is_removal_due(ports::BlobRef blob) override;
  base::task<bool> move(domain::Image image, std::optional<domain::BlobPlace> place,
                        std::optional<base::Timestamp> remove_old_at) override;
  base::task<void> forget_removals() override;

 private:
  Database& database_;
};

}  // namespace pixelvault::adapters::sql
