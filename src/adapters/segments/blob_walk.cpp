#include "adapters/segments/blob_walk.hpp"

#include <algorithm>
#include <utility>

namespace pixelvault::adapters::segments {

using ports::StoredBlob;

base::task<std::vector<StoredBlob>> SegmentWalk::next() {
  co_return co_await threads_.run([this] { return read_some(); });
}

std::vector<StoredBlob> SegmentWalk::read_some() {
  std::vector<StoredBlob> blobs;
  while (blobs.size() < kMost && (reader_ || open_next_segment())) {
    const auto record = reader_->next(position_);
    if (!record) {
      reader_.reset();
      continue;
    }
    position_ = record->end();
    if (record->removed) continue;
    const domain::BlobPlace place{.segment = number_, .offset = record->offset};
    blobs.push_back({.ref = {.key = record->key, .place = place},
                     .size = record->payload_bytes,
                     .written_at = record->written_at});
  }
  return blobs;
}

bool SegmentWalk::open_next_segment() {
  if (!left_) {
    left_ = folder_.list();
    std::ranges::reverse(*left_);
  }
  while (!left_->empty()) {
    number_ = left_->back().number;
    left_->pop_back();
    auto file = folder_.find(number_, SegmentFolder::Access::Read);
    if (!file) continue;  // removed meanwhile
    file_ = *std::move(file);
    reader_ = std::make_unique<SegmentReader>(file_);
    position_ = 0;
    return true;
  }
  return false;
}

}  // namespace pixelvault::adapters::segments
