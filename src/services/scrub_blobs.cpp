// The half of the comparison that goes through the blobs.
#include <string>
#include <utility>

#include "services/scrub.hpp"

namespace pixelvault::services {

namespace {

std::string sizes(std::uint64_t blob, std::uint64_t row) {
  return "it has " + std::to_string(blob) + " bytes, its row says " + std::to_string(row);
}

Finding finding_of(Fault fault, const ports::StoredBlob& blob) {
  return {.fault = fault, .what = blob.ref.key, .place = blob.ref.place};
}

}  // namespace

base::task<void> Scrub::walk_blobs() {
  const auto walk = co_await use_.inventory.walk();
  for (;;) {
    auto page = co_await walk->next();
    if (page.empty()) co_return;
    for (auto& blob : page) {
      ++report_.blobs;
      report_.blob_bytes += blob.size;
      co_await judge(std::move(blob));
      ++told_.done;
      progress_(told_);
    }
  }
}

base::task<void> Scrub::judge(ports::StoredBlob blob) {
  const auto id = domain::image_of_path(blob.ref.key);
  if (!id) {
    report_.add(finding_of(Fault::Foreign, blob));
    co_return;
  }
  const auto image = co_await use_.catalog.find(*id);
  if (!image || domain::image_path(*image) != blob.ref.key) {
    co_await judge_unowned(std::move(blob));
  } else if (image->deleted_at) {
    co_await judge_deleted(std::move(blob));
  } else if (image->place != blob.ref.place) {
    co_await judge_elsewhere(std::move(blob), *image);
  } else if (blob.size > image->size) {  // one that is shorter is found from its row
    auto finding = finding_of(Fault::Damaged, blob);
    finding.detail = sizes(blob.size, image->size);
    report_.add(std::move(finding));
  }
}

base::task<void> Scrub::judge_unowned(ports::StoredBlob blob) {
  if (is_young(blob)) {
    ++report_.young;
    co_return;
  }
  const bool unwanted = co_await is_unwanted(blob.ref);
  if (!unwanted) co_return;
  auto finding = finding_of(Fault::Orphan, blob);
  finding.repaired = co_await try_remove(blob.ref);
  report_.add(std::move(finding));
}

/// Its image never comes back, so its age says nothing.
base::task<void> Scrub::judge_deleted(ports::StoredBlob blob) {
  const bool unwanted = co_await is_unwanted(blob.ref);
  if (!unwanted) co_return;
  // The janitor removes the blob first and its order last: it may have done so between our looks.
  auto looked_for = blob.ref;
  const auto still = co_await use_.blobs.open(std::move(looked_for), /*offset=*/0, /*length=*/0);
  if (!still) co_return;
  auto finding = finding_of(Fault::Leftover, blob);
  finding.repaired = co_await try_remove(blob.ref);
  report_.add(std::move(finding));
}

base::task<void> Scrub::judge_elsewhere(ports::StoredBlob blob, domain::Image image) {
  const bool unwanted = co_await is_unwanted(blob.ref);
  if (!unwanted) co_return;  // it was left by a move and will be removed, or is the row's by now
  const auto own = co_await check_blob(use_.blobs, image, Depth::Size);
  if (own.kind == BlobState::Kind::Good) {
    co_await judge_duplicate(std::move(blob), std::move(image));
  } else {
    co_await judge_misplaced(std::move(blob), std::move(image));
  }
}

/// Two blobs of one image: which of them goes is only decided when the other has been read.
base::task<void> Scrub::judge_duplicate(ports::StoredBlob blob, domain::Image image) {
  if (is_young(blob)) {
    ++report_.young;  // perhaps it is being moved
    co_return;
  }
  auto finding = finding_of(Fault::Duplicate, blob);
  if (options_.repair) {
    const auto own = co_await check_blob(use_.blobs, image, Depth::Bytes);
    if (own.kind == BlobState::Kind::Good) {
      finding.repaired = co_await try_remove(blob.ref);
    } else {
      finding.detail = "it stays, since the one of the row is not whole";
    }
  }
  report_.add(std::move(finding));
}

base::task<void> Scrub::judge_misplaced(ports::StoredBlob blob, domain::Image image) {
  auto finding = finding_of(Fault::Misplaced, blob);
  auto here = image;
  here.place = blob.ref.place;
  if (blob.size != image.size) {
    finding.detail = sizes(blob.size, image.size);
  } else if (options_.rebuild) {
    const auto state = co_await check_blob(use_.blobs, here, Depth::Bytes);
    finding.detail = state.detail;
    if (state.kind == BlobState::Kind::Good) {
      finding.repaired = co_await use_.catalog.move(image, blob.ref.place, std::nullopt);
    }
  }
  report_.add(std::move(finding));
}

/// Whether neither a row nor the outbox names the blob, at this moment.
base::task<bool> Scrub::is_unwanted(ports::BlobRef blob) {
  const auto id = domain::image_of_path(blob.key);
  if (!id) co_return false;
  const auto image = co_await use_.catalog.find(*id);
  if (image && !image->deleted_at && ports::blob_of(*image) == blob) co_return false;
  const bool due = co_await use_.catalog.is_removal_due(blob);
  co_return !due;
}

/// Asks once more, since a row may have come while others were being looked at.
base::task<bool> Scrub::try_remove(ports::BlobRef blob) {
  if (!options_.repair) co_return false;
  if (removed_ >= options_.limit) {
    report_.at_limit = true;
    co_return false;
  }
  const bool unwanted = co_await is_unwanted(blob);
  if (!unwanted) co_return false;
  ++removed_;
  co_await use_.blobs.remove(std::move(blob));
  co_return true;
}

bool Scrub::is_young(const ports::StoredBlob& blob) const {
  return blob.written_at + options_.min_age > use_.clock.now();
}

}  // namespace pixelvault::services
