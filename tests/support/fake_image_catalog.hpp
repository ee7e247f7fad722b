// All images of the fake records. Any thread may call.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "ports/image_catalog.hpp"
#include "support/fake_records.hpp"

namespace pixelvault::support {

class FakeImageCatalog final : public ports::ImageCatalog {
 public:
  explicit FakeImageCatalog(FakeRecordsPtr records) : records_(std::move(records)) {}

  base::task<ports::CatalogTotals> totals() override;
  base::task<std::vector<domain::Image>> list(std::optional<domain::ImageId> after,
                                              std::uint32_t limit) override;
  base::task<std::optional<domain::Image>> find(domain::ImageId image) override;
  base::task<bool> is_removal_due(ports::BlobRef blob) override;
  base::task<bool> move(domain::Image image, std::optional<domain::BlobPlace> place,
                        std::optional<base::Timestamp> remove_old_at) override;
  base::task<void> forget_removals() override;

 private:
  FakeRecordsPtr records_;
};

}  // namespace pixelvault::support
