#include "services/blob_move.hpp"

#include <utility>

#include "base/sleep.hpp"
#include "services/blob_check.hpp"
#include "services/blob_copy.hpp"
#include "services/image_pages.hpp"

namespace pixelvault::services {

base::task<MoveReport> BlobMove::run() {
  const auto totals = co_await use_.catalog.totals();
  Progress told{.step = "images", .total = totals.images};
  LivingImages images(use_.catalog);
  while (auto image = co_await images.next()) {
    if (is_there(*image)) {
      ++report_.there;
    } else {
      co_await move(*std::move(image));
    }
    ++told.done;
    told.bytes = report_.bytes;
    progress_(told);
  }
  co_return std::move(report_);
}

bool BlobMove::is_there(const domain::Image& image) const {
  return image.place.has_value() == (options_.to == MoveTo::Segments);
}

base::task<void> BlobMove::move(domain::Image image) {
  if (options_.to == MoveTo::Folder) {
    auto there = image;
    there.place.reset();
    const bool due = co_await use_.catalog.is_removal_due(ports::blob_of(there));
    if (due) {
      ++report_.waiting;
      co_return;
    }
    const bool copied = co_await reuse(there);
    if (copied) {
      co_await commit(std::move(image), std::nullopt);
      co_return;
    }
  }
  auto copy = co_await copy_blob(use_.blobs, image, use_.target);
  if (copy.kind == BlobCopy::Kind::Done) {
    co_await commit(std::move(image), copy.place);
    co_return;
  }
  const auto now = co_await use_.catalog.find(image.id);
  if (!now || now->deleted_at) co_return;
  report_.lost.add({.key = domain::image_path(image), .detail = std::move(copy.detail)});
}

/// Whether a run that was cut short has left the whole copy; what is half of one is removed.
base::task<bool> BlobMove::reuse(domain::Image there) {
  const auto state = co_await check_blob(use_.target, there, Depth::Bytes);
  if (state.kind == BlobState::Kind::Damaged) {
    auto blob = ports::blob_of(there);
    co_await use_.target.remove(std::move(blob));
  }
  co_return state.kind == BlobState::Kind::Good;
}

base::task<void> BlobMove::commit(domain::Image image, std::optional<domain::BlobPlace> place) {
  const auto remove_at = use_.clock.now() + options_.keep_old;
  const bool moved = co_await use_.catalog.move(image, place, remove_at);
  if (moved) {
    ++report_.moved;
    report_.bytes += image.size;
    co_await slow_down(image.size);
    co_return;
  }
  image.place = place;
  co_await drop(std::move(image));
}

/// The image was deleted meanwhile, and nobody names the copy.
base::task<void> BlobMove::drop(domain::Image there) {
  const auto now = co_await use_.catalog.find(there.id);
  auto blob = ports::blob_of(there);
  if (now && !now->deleted_at && ports::blob_of(*now) == blob) co_return;
  co_await use_.target.remove(std::move(blob));
}

base::task<void> BlobMove::slow_down(std::uint64_t bytes) const {
  if (options_.bytes_per_second == 0) co_return;
  const std::chrono::milliseconds pause(bytes * 1000 / options_.bytes_per_second);
  if (pause.count() > 0) co_await base::sleep_for(pause);
}

}  // namespace pixelvault::services
