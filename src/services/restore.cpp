#include "services/restore.hpp"

#include <algorithm>
#include <utility>

#include "services/blob_copy.hpp"
#include "services/image_pages.hpp"

namespace pixelvault::services {

Restore::Restore(Dependencies dependencies, std::vector<domain::ImageId> gone,
                 ProgressSink progress)
    : use_(dependencies), gone_(std::move(gone)), progress_(std::move(progress)) {
  std::ranges::sort(gone_);
}

base::task<RestoreReport> Restore::run() {
  // What the old store still had to remove is not in this one, where its place may be another's.
  co_await use_.catalog.forget_removals();
  const auto totals = co_await use_.catalog.totals();
  Progress told{.step = "images", .total = totals.images};
  LivingImages images(use_.catalog);
  while (auto image = co_await images.next()) {
    co_await bring_back(*std::move(image));
    ++told.done;
    told.bytes = report_.bytes;
    progress_(told);
  }
  co_return std::move(report_);
}

base::task<void> Restore::bring_back(domain::Image image) {
  auto copy = image;
  copy.place.reset();
  auto copied = co_await copy_blob(use_.copies, copy, use_.blobs);
  if (copied.kind != BlobCopy::Kind::Done) {
    LostBlob lost{.key = domain::image_path(image), .detail = std::move(copied.detail)};
    co_await lose(std::move(image), std::move(lost));
    co_return;
  }
  ++report_.images;
  report_.bytes += image.size;
  if (copied.place != image.place) {
    co_await use_.catalog.move(std::move(image), copied.place, std::nullopt);
  }
}

/// One that was deleted while the backup was made must not come back as a row without bytes.
base::task<void> Restore::lose(domain::Image image, LostBlob lost) {
  if (!std::ranges::binary_search(gone_, image.id)) {
    report_.lost.add(std::move(lost));
    co_return;
  }
  ++report_.gone;
  co_await use_.images.mark_deleted(image.project, image.environment, image.id, use_.clock.now());
}

}  // namespace pixelvault::services
