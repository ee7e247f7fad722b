#include "adapters/segments/committer.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/unavailable.hpp"

namespace pixelvault::adapters::segments {

using base::Unavailable;

namespace {

constexpr int kPatienceShare = 4;  // of the time that the batch before took
// `add` keeps the bound. The thread must not refuse a commit that waits already.
constexpr std::size_t kUnbounded = std::numeric_limits<std::size_t>::max() / 2;

}  // namespace

Committer::Committer(SegmentFolder& folder, ports::RandomSource& random, const Options& options,
                     Finished finished)
    : folder_(folder),
      random_(random),
      options_(options),
      finished_(std::move(finished)),
      thread_({.name = "blobs-commit", .queue = kUnbounded}) {}

Committer::~Committer() {
  thread_.post([this] { close_segment(); });  // behind what waits
}

base::task<std::uint32_t> Committer::commit(PendingBlob& blob) {
  Waiting waiting{.blob = blob};
  add(waiting);
  // Every commit makes the trip to the thread itself, in order. The first to arrive writes all that
  // wait by then; the others find themselves done.
  co_await thread_.run([this, &waiting] {
    if (!waiting.done) commit_waiting();
  });
  if (waiting.failure) std::rethrow_exception(waiting.failure);
  co_return waiting.segment;
}

void Committer::add(Waiting& waiting) {
  const std::lock_guard lock(mutex_);
  if (waiting_.size() >= options_.queue) {
    throw Unavailable(Unavailable::Kind::Retry, "blobs: too many commits are waiting");
  }
  waiting_.push_back(&waiting);
  if (waiting_.size() == expected_) arrived_.notify_one();
}

Committer::Batch Committer::take_waiting() {
  std::unique_lock lock(mutex_);
  arrived_.wait_for(lock, patience_, [this] { return waiting_.size() >= expected_; });
  expected_ = waiting_.size();
  return std::exchange(waiting_, {});
}

void Committer::commit_waiting() {
  const Batch batch = take_waiting();
  const auto start = std::chrono::steady_clock::now();
  commit(batch);
  patience_ = (std::chrono::steady_clock::now() - start) / kPatienceShare;
  for (Waiting* waiting : batch) waiting->done = true;
}

void Committer::commit(const Batch& batch) {
  std::size_t written = 0;
  try {
    while (written < batch.size()) written += write_some(std::span(batch).subspan(written));
  } catch (...) {
    close_segment();  // what it may hold of this batch is cut; nothing is tried again
    for (Waiting* waiting : std::span(batch).subspan(written)) {
      waiting->failure = std::current_exception();
    }
  }
}

/// Writes as much of `batch` as one segment takes; returns how many that were.
std::size_t Committer::write_some(std::span<Waiting* const> batch) {
  SegmentWriter& segment = segment_for(batch.front()->blob);
  std::vector<PendingBlob*> blobs;
  for (const Waiting* waiting : batch) blobs.push_back(&waiting->blob);
  blobs.resize(segment.count_fitting(blobs));
  segment.append(blobs);
  for (Waiting* waiting : batch.first(blobs.size())) waiting->segment = segment.number();
  return blobs.size();
}

/// The current segment, or a new one when there is none or it has no room.
SegmentWriter& Committer::segment_for(PendingBlob& blob) {
  PendingBlob* const one = &blob;
  if (segment_ && segment_->count_fitting(std::span(&one, 1)) == 1) return *segment_;
  close_segment();
  const std::uint64_t need = SegmentWriter::bytes_for(blob);
  return segment_.emplace(folder_, random_,
                          SegmentWriter::Options{.bytes = options_.segment_bytes, .need = need});
}

void Committer::close_segment() {
  if (!segment_) return;
  const std::uint32_t number = segment_->number();
  segment_.reset();
  finished_(number);
}

}  // namespace pixelvault::adapters::segments
