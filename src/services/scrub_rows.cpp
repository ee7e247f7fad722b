// The half of the comparison that goes through the rows, and the counters.
#include <utility>

#include "services/scrub.hpp"

namespace pixelvault::services {

namespace {

constexpr std::uint32_t kPage = 500;  // rows in memory

}  // namespace

base::task<ScrubReport> Scrub::run() {
  const auto totals = co_await use_.catalog.totals();
  // The blobs come first: what a rebuild sets right is not found missing afterwards.
  told_ = {.step = "blobs", .total = totals.images};
  co_await walk_blobs();
  told_ = {.step = "rows", .total = totals.images};
  co_await walk_rows();
  told_ = {.step = "counters"};
  progress_(told_);
  co_await audit_counters();
  co_return std::move(report_);
}

base::task<void> Scrub::walk_rows() {
  std::optional<domain::ImageId> last;
  for (;;) {
    const auto page = co_await use_.catalog.list(last, kPage);
    if (page.empty()) co_return;
    last = page.back().id;
    for (const auto& image : page) {
      if (image.deleted_at) {
        ++report_.tombstones;
        continue;
      }
      ++report_.images;
      co_await judge_row(image);
      ++told_.done;
      if (options_.depth == Depth::Bytes) told_.bytes += image.size;
      progress_(told_);
    }
  }
}

/// What looks wrong may have been deleted or moved while it was looked at: then the row says so.
base::task<void> Scrub::judge_row(domain::Image image) {
  for (;;) {
    auto state = co_await check_blob(use_.blobs, image, options_.depth);
    if (state.kind == BlobState::Kind::Good) co_return;
    auto now = co_await use_.catalog.find(image.id);
    if (!now || now->deleted_at) co_return;
    if (now->place == image.place) {
      const bool missing = state.kind == BlobState::Kind::Missing;
      report_.add({.fault = missing ? Fault::Missing : Fault::Damaged,
                   .what = domain::image_path(image),
                   .place = image.place,
                   .detail = std::move(state.detail)});
      co_return;
    }
    image = *std::move(now);
  }
}

base::task<void> Scrub::audit_counters() {
  const auto now = use_.clock.now();
  const auto wrong = co_await use_.counters.find_drift(now, options_.listed);
  if (wrong.empty()) co_return;
  auto drift = wrong;
  if (options_.repair) drift = co_await use_.counters.repair(now, options_.listed);
  for (const auto& one : drift) {
    report_.add({.fault = Fault::Counter,
                 .what = one.counter,
                 .detail = "it says " + std::to_string(one.counted) + ", the rows say " +
                           std::to_string(one.actual),
                 .repaired = options_.repair});
  }
}

}  // namespace pixelvault::services
