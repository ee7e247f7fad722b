#include "domain/gcra.hpp"

#include <algorithm>

namespace pixelvault::domain {

namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;

milliseconds round_up(microseconds time) { return std::chrono::ceil<milliseconds>(time); }

}  // namespace

RateDecision take(const RateLimit& limit, base::Timestamp now, RateState& state) {
  const microseconds interval = duration_cast<microseconds>(limit.period) / limit.requests;
  const microseconds used = std::max<microseconds>(state - now, microseconds(0));
  const microseconds after = used + interval;
  if (after > limit.period) {
    return {.allowed = false,
            .remaining = 0,
            .retry_after = round_up(after - limit.period),
            .resets_after = round_up(used)};
  }
  state = now + after;
  return {.allowed = true,
          .remaining = static_cast<std::uint32_t>((limit.period - after) / interval),
          .retry_after = {},
          .resets_after = round_up(after)};
}

}  // namespace pixelvault::domain
