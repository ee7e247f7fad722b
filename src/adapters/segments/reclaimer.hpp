// Gives back the space of removed blobs, behind everybody's back: punches holes, and removes
// segments in which nothing lives. What is lost of that in a crash is found by `sweep`. Any thread
// may call; the work is done on a thread of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <vector>

#include "adapters/segments/open_segments.hpp"
#include "adapters/segments/segment_folder.hpp"
#include "base/blocking_pool.hpp"
#include "base/task.hpp"

namespace pixelvault::adapters::segments {

class Reclaimer {
 public:
  /// Both outlive the reclaimer, whose end does what is waiting.
  Reclaimer(SegmentFolder& folder, OpenSegments& open);

  /// Parts of removed records that nobody reads. When too much is waiting they stay for `sweep`.
  void reclaim(std::uint32_t number, std::vector<Extent> extents) noexcept;
  /// A segment was finished, perhaps with nothing left in it.
  void look_at(std::uint32_t number) noexcept;
  /// Gives back all that removed records still hold, in every segment; reads every record's head.
  base::task<void> sweep();
  /// The same for the next finished segment alone, in turn, over and over; first what was held.
  base::task<void> sweep_next();

 private:
  struct Held {
    std::uint32_t number = 0;
    Extent extent;
  };

  void post(std::move_only_function<void()> job) noexcept;
  void punch(std::uint32_t number, const std::vector<Extent>& extents);
  void punch_or_keep(const base::UniqueFd& file, std::uint32_t number, const Extent& extent);
  void punch_held();
  void note_removed(std::uint32_t number, std::size_t count);
  void remove_segment_if_empty(std::uint32_t number);
  void sweep_segment(std::uint32_t number);
  void sweep_next_finished();

  SegmentFolder& folder_;
  OpenSegments& open_;
  // On the thread alone. Of segments in which something was removed: how many records live, at
  // least; and those that were not finished then.
  std::map<std::uint32_t, std::size_t> living_;
  std::set<std::uint32_t> unfinished_;
  std::vector<Held> held_;     // by sockets, when their space was to be given back
  std::uint32_t swept_ = 0;    // the last that `sweep_next` took
  base::BlockingPool thread_;  // last: its destructor finishes what waits
};

}  // namespace pixelvault::adapters::segments
