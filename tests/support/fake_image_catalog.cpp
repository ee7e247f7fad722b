#include "support/fake_image_catalog.hpp"

namespace pixelvault::support {

base::task<ports::CatalogTotals> FakeImageCatalog::totals() {
  const std::lock_guard lock(records_->mutex);
  ports::CatalogTotals totals;
  for (const auto& [id, image] : records_->images) {
    if (image.deleted_at) continue;
    ++totals.images;
    totals.bytes += image.size;
  }
  co_return totals;
}

base::task<std::vector<domain::Image>> FakeImageCatalog::list(std::optional<domain::ImageId> after,
                                                              std::uint32_t limit) {
  const std::lock_guard lock(records_->mutex);
  std::vector<domain::Image> page;
  auto at = after ? records_->images.upper_bound(*after) : records_->images.begin();
  for (; at != records_->images.end() && page.size() < limit; ++at) page.push_back(at->second);
  co_return page;
}

base::task<std::optional<domain::Image>> FakeImageCatalog::find(domain::ImageId image) {
  const std::lock_guard lock(records_->mutex);
  const auto found = records_->images.find(image);
  if (found == records_->images.end()) co_return std::nullopt;
  co_return found->second;
}

base::task<bool> FakeImageCatalog::is_removal_due(ports::BlobRef blob) {
  const std::lock_guard lock(records_->mutex);
  co_return records_->removals.contains(blob);
}

base::task<bool> FakeImageCatalog::move(domain::Image image, std::optional<domain::BlobPlace> place,
                                        std::optional<base::Timestamp> remove_old_at) {
  const std::lock_guard lock(records_->mutex);
  const auto old = ports::blob_of(image);
  const ports::BlobRef target{.key = old.key, .place = place};
  const auto found = records_->images.find(image.id);
  if (found == records_->images.end() || found->second.deleted_at) co_return false;
  if (found->second.place != image.place || place == image.place) co_return false;
  if (records_->removals.contains(target)) co_return false;
  found->second.place = place;
  if (remove_old_at) records_->removals.try_emplace(old, FakeRecords::Removal{*remove_old_at});
  co_return true;
}

base::task<void> FakeImageCatalog::forget_removals() {
  const std::lock_guard lock(records_->mutex);
  records_->removals.clear();
  co_return;
}

}  // namespace pixelvault::support
