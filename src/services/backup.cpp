#include "services/backup.hpp"

#include <algorithm>
#include <utility>

#include "services/blob_copy.hpp"
#include "services/image_pages.hpp"

namespace pixelvault::services {

namespace {

domain::Image without_place(domain::Image image) {
  image.place.reset();
  return image;
}

}  // namespace

base::task<BackupReport> Backup::run() {
  const auto totals = co_await use_.snapshot.totals();
  told_.total = totals.images;
  LivingImages images(use_.snapshot);
  while (auto image = co_await images.next()) {
    ++report_.images;
    report_.bytes += image->size;
    co_await keep(*std::move(image));
    ++told_.done;
    told_.bytes = report_.copied_bytes;
    progress_(told_);
  }
  if (options_.prune) co_await prune();
  co_return std::move(report_);
}

base::task<void> Backup::keep(domain::Image image) {
  const bool known = co_await has_copy(image);
  if (!known) co_await copy(std::move(image));
}

base::task<bool> Backup::has_copy(const domain::Image& image) {
  const auto state = co_await check_blob(use_.copies, without_place(image), options_.depth);
  if (state.kind == BlobState::Kind::Damaged) {
    auto spoiled = ports::blob_of(without_place(image));
    co_await use_.copies.remove(std::move(spoiled));
  }
  co_return state.kind == BlobState::Kind::Good;
}

/// A blob that is not where the snapshot has it was deleted or moved since, which the records tell.
base::task<void> Backup::copy(domain::Image image) {
  for (;;) {
    auto copied = co_await copy_blob(use_.blobs, image, use_.copies);
    if (copied.kind == BlobCopy::Kind::Done) {
      ++report_.copied;
      report_.copied_bytes += image.size;
      co_return;
    }
    const auto now = co_await use_.records.find(image.id);
    if (!now || now->deleted_at) {
      report_.gone.push_back(image.id);
      co_return;
    }
    if (now->place == image.place) {
      report_.lost.add({.key = domain::image_path(image), .detail = copied.detail});
      co_return;
    }
    image.place = now->place;
  }
}

base::task<void> Backup::prune() {
  told_ = {.step = "copies", .total = report_.images};
  const auto walk = co_await use_.copied.walk();
  for (;;) {
    const auto page = co_await walk->next();
    if (page.empty()) co_return;
    for (const auto& blob : page) {
      ++told_.done;
      progress_(told_);
      const auto id = domain::image_of_path(blob.ref.key);
      if (!id) continue;
      const auto image = co_await use_.snapshot.find(*id);
      if (image && !image->deleted_at && domain::image_path(*image) == blob.ref.key) continue;
      co_await use_.copies.remove(blob.ref);
      ++report_.pruned;
    }
  }
}

base::task<BackupReport> check_backup(ports::ImageCatalog& snapshot, ports::BlobStore& copies,
                                      std::vector<domain::ImageId> gone, ProgressSink progress) {
  std::ranges::sort(gone);
  BackupReport report;
  const auto totals = co_await snapshot.totals();
  Progress told{.step = "images", .total = totals.images};
  LivingImages images(snapshot);
  while (const auto image = co_await images.next()) {
    ++report.images;
    report.bytes += image->size;
    auto state = co_await check_blob(copies, without_place(*image), Depth::Bytes);
    if (state.kind != BlobState::Kind::Good && !std::ranges::binary_search(gone, image->id)) {
      report.lost.add({.key = domain::image_path(*image), .detail = std::move(state.detail)});
    }
    ++told.done;
    told.bytes = report.bytes;
    progress(told);
  }
  report.gone = std::move(gone);
  co_return report;
}

}  // namespace pixelvault::services
