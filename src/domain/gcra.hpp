// The generic cell rate algorithm (ITU-T I.371), as a limit of requests: one number is all it
// keeps, it needs no timer, and it lets no burst through at the edge of a window. Pure.
#pragma once

#include <chrono>
#include <cstdint>

#include "base/time.hpp"

namespace pixelvault::domain {

/// At most `requests` in `period`, evenly or at once. No requests: no limit.
struct RateLimit {
  std::uint32_t requests = 0;
  std::chrono::milliseconds period{0};

  bool limits() const { return requests > 0; }
  friend bool operator==(const RateLimit&, const RateLimit&) = default;
};

struct RateDecision {
  bool allowed = true;
  std::uint32_t remaining = 0;                ///< requests that may follow at once
  std::chrono::milliseconds retry_after{0};   ///< until one may follow; 0 when one may now
  std::chrono::milliseconds resets_after{0};  ///< until nothing of the limit is used any more
};

/// All that is remembered of one limited client: the theoretical arrival time of its next request.
using RateState = std::chrono::sys_time<std::chrono::microseconds>;

/// Takes one request at `now`; `limit` must limit. A new client's state is the epoch. A refused
/// request changes nothing.
RateDecision take(const RateLimit& limit, base::Timestamp now, RateState& state);

}  // namespace pixelvault::domain
