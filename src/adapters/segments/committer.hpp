// Makes blobs durable, many with one sync: while a batch is being synced others wait, and the next
// batch takes all of them. Whoever was answered often comes back at once with the next blob, so a
// batch waits a fraction of a sync for as many as the one before had; otherwise busy clients would
// fall into two groups that wait for each other's syncs. A failed write or sync fails its batch for
// good and ends its segment; the next batch begins another. Any thread may call; segments are
// written on the committer's thread alone.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "adapters/segments/segment_writer.hpp"
#include "base/blocking_pool.hpp"
#include "base/task.hpp"

namespace pixelvault::adapters::segments {

class Committer {
 public:
  struct Options {
    std::uint64_t segment_bytes = 0;  ///< of one segment, unless one blob needs more
    std::size_t queue = 0;            ///< commits that may wait
  };
  /// Told the number of every segment that was finished, on the committer's thread.
  using Finished = std::function<void(std::uint32_t)>;

  /// `folder` and `random` outlive the committer.
  Committer(SegmentFolder& folder, ports::RandomSource& random, const Options& options,
            Finished finished);
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;
  /// Commits what is waiting and finishes the segment.
  ~Committer();

  /// Returns the segment when the blob is on stable storage, its place within in `blob`. Throws
  /// `Unavailable` when too many wait, or when it could not be made durable.
  base::task<std::uint32_t> commit(PendingBlob& blob);

 private:
  struct Waiting {
    PendingBlob& blob;
    std::uint32_t segment = 0;
    std::exception_ptr failure = {};
    bool done = false;
  };
  using Batch = std::vector<Waiting*>;

  void add(Waiting& waiting);
  Batch take_waiting();
  void commit_waiting();
  void commit(const Batch& batch);
  std::size_t write_some(std::span<Waiting* const> batch);
  SegmentWriter& segment_for(PendingBlob& blob);
  void close_segment();

  SegmentFolder& folder_;
  ports::RandomSource& random_;
  const Options options_;
  const Finished finished_;
  std::optional<SegmentWriter> segment_;
  std::chrono::nanoseconds patience_{0};  // how long the next batch may wait
  std::mutex mutex_;                      // guards waiting_ and expected_
  std::condition_variable arrived_;       // as many as are expected
  Batch waiting_;
  std::size_t expected_ = 0;
  base::BlockingPool thread_;  // last: its destructor finishes what waits
};

}  // namespace pixelvault::adapters::segments
