// The counters that stand beside the rows (what an account uses, how long a list is), held against
// the rows themselves. Each call is one transaction. Any thread may call; every call may throw
// `base::Unavailable`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/task.hpp"
#include "base/time.hpp"

namespace pixelvault::ports {

/// A counter that is not what the rows say.
struct CounterDrift {
  std::string counter;       ///< which one, e.g. `storage_bytes of acct_…`
  std::int64_t counted = 0;  ///< what it says
  std::int64_t actual = 0;   ///< what the rows say
};

class CounterAudit {
 public:
  virtual ~CounterAudit() = default;
  /// Counters that are wrong, at most `limit`: storage and private images of accounts, their
  /// uploads in the month of `now`, lengths and sizes of projects and folders. Reads every row.
  virtual base::task<std::vector<CounterDrift>> find_drift(base::Timestamp now,
                                                           std::uint32_t limit) = 0;
  /// The same, and sets them right: returns what it has changed.
  virtual base::task<std::vector<CounterDrift>> repair(base::Timestamp now,
                                                       std::uint32_t limit) = 0;
};

}  // namespace pixelvault::ports
