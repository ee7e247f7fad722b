// Descriptors of segments for reading, kept open up to a bound, and who still reads through them:
// space of a removed blob is given back when every body that was open at its removal is closed.
// Any thread may call; bodies may outlive this object.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "adapters/segments/segment_folder.hpp"
#include "base/unique_fd.hpp"

namespace pixelvault::adapters::segments {

/// Part of a segment.
struct Extent {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

class OpenSegments {
 public:
  using File = std::shared_ptr<const base::UniqueFd>;
  /// Gets parts of a segment that nobody reads any more, on whatever thread read last; must neither
  /// block nor throw, nor call back.
  using Unread = std::function<void(std::uint32_t number, std::vector<Extent>)>;

  /// `folder` outlives this object; at most `limit` segments are kept open.
  OpenSegments(const SegmentFolder& folder, std::size_t limit, Unread unread);
  OpenSegments(const OpenSegments&) = delete;
  OpenSegments& operator=(const OpenSegments&) = delete;
  /// From here on nobody is told of anything.
  ~OpenSegments();

  /// Closes what is kept open, as a last chance to report what nobody reads.
  void close();

  /// The segment when it is open; makes no system call.
  File find(std::uint32_t number);
  /// Opens it when it is not; null when there is none. Blocks.
  File open(std::uint32_t number);
  /// The records of these extents are removed: reports them as soon as no body can be reading one.
  /// Whoever gets a file after this call must not read them.
  void release(std::uint32_t number, std::vector<Extent> extents);
  /// The segment is no more.
  void forget(std::uint32_t number);

 private:
  class Lease;
  struct State;

  const SegmentFolder& folder_;
  const std::size_t limit_;
  std::shared_ptr<State> state_;
};

}  // namespace pixelvault::adapters::segments
