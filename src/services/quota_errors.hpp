// What a client is told when its plan is used up (contract §2, 402): which limit, its value, how
// much is used, and when it is fresh again. Every such error is counted.
#pragma once

#include <string_view>

#include "base/time.hpp"
#include "domain/error.hpp"
#include "domain/quota.hpp"

namespace pixelvault::services {

struct UsedUp {
  domain::Quota quota = domain::Quota::Storage;
  std::string_view plan;  ///< its name
  std::uint64_t limit = 0;
  std::uint64_t used = 0;
};

/// The 402 of that quota; `resets_at` only for those that are counted by the month.
domain::Error quota_error(const UsedUp& what, base::Timestamp now);

}  // namespace pixelvault::services
