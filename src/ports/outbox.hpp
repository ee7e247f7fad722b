// How much work waits in the outbox, for who watches the server: blobs of deleted images that must
// still be removed. Any thread may call; every call may throw `base::Unavailable`.
#pragma once

#include <cstdint>
#include <optional>

#include "base/task.hpp"
#include "base/time.hpp"

namespace pixelvault::ports {

struct Backlog {
  /// More are not counted, so that the answer is cheap however long the list is.
  static constexpr std::uint32_t kMostCounted = 100'000;

  std::uint32_t queued = 0;  ///< all, also those that somebody works at or that failed lately
  std::uint32_t due = 0;     ///< those that wait for a worker
  std::optional<base::Timestamp> oldest_due_at = {};  ///< nothing when none is due
};

class Outbox {
 public:
  virtual ~Outbox() = default;
  virtual base::task<Backlog> measure(base::Timestamp now) = 0;
};

}  // namespace pixelvault::ports
