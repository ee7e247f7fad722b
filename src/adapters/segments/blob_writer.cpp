#include "adapters/segments/blob_writer.hpp"

#include <stdexcept>
#include <utility>

namespace pixelvault::adapters::segments {

using domain::BlobPlace;

namespace {

/// Uses up a writer's right to go on; whoever succeeds gives it back.
void take_turn(bool& usable) {
  if (!std::exchange(usable, false)) {
    throw std::logic_error("blobs: a writer is not used after its end");
  }
}

}  // namespace

base::task<void> SegmentBlobWriter::write(base::ByteView bytes) {
  take_turn(usable_);
  while (!bytes.empty()) {
    if (must_write_out()) co_await parts_.threads.run([this] { write_out(); });
    bytes = bytes.subspan(buffer_.append(bytes));
  }
  usable_ = true;
}

base::task<std::optional<BlobPlace>> SegmentBlobWriter::commit(std::string key) {
  take_turn(usable_);
  require_key(key);
  if (!large_) co_return co_await commit_with_others(std::move(key));
  co_return co_await parts_.threads.run([this, &key] { return commit_alone(key); });
}

bool SegmentBlobWriter::must_write_out() const {
  if (!buffer_.is_at_block_end()) return false;
  const bool is_short = large_ != nullptr || parts_.memory.is_crowded();
  return buffer_.size() >= (is_short ? kLeastBuffered : parts_.large_bytes);
}

void SegmentBlobWriter::write_out() {
  if (!large_) large_ = std::make_unique<LargeBlob>(parts_.folder, parts_.random);
  large_->append(buffer_);
}

base::task<BlobPlace> SegmentBlobWriter::commit_with_others(std::string key) {
  const auto forgotten = parts_.known.forgotten();
  PendingBlob blob{.record = {.key = std::move(key),
                              .payload_bytes = buffer_.size(),
                              .written_at = parts_.clock.now(),
                              .payload_crc = buffer_.crc()},
                   .bytes = buffer_};
  const std::uint32_t segment = co_await parts_.committer.commit(blob);
  const BlobPlace place{.segment = segment, .offset = blob.record.offset};
  parts_.known.keep(place, known_blob(blob.record), forgotten);
  buffer_.clear();
  co_return place;
}

BlobPlace SegmentBlobWriter::commit_alone(const std::string& key) {
  const auto now = parts_.clock.now();
  large_->append(buffer_);
  const std::uint32_t segment = large_->commit(key, buffer_.crc(), now);
  return {.segment = segment, .offset = LargeBlob::kOffset};
}

}  // namespace pixelvault::adapters::segments
