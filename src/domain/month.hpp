// Calendar months in UTC, the periods in which uploads and bandwidth are counted (contract §6).
// Pure.
#pragma once

#include <string>

#include "base/time.hpp"

namespace pixelvault::domain {

struct Month {
  std::string name;       ///< `2026-11`
  base::Timestamp start;  ///< its first moment
  base::Timestamp end;    ///< the first moment after it, when the counters are fresh again
};

Month month_of(base::Timestamp time);

}  // namespace pixelvault::domain
