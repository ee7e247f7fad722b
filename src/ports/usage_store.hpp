// What accounts have used. Stored bytes, private images and uploads are counted by the image store
// in the transactions that change them; bandwidth is booked here, in batches. Any thread may call;
// every call may throw `base::Unavailable`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/quota.hpp"

namespace pixelvault::ports {

struct SentBytes {
  domain::ProjectId project;
  std::uint64_t bytes = 0;
};

/// Of the account that a project belongs to.
struct BandwidthUse {
  std::string plan;
  std::uint64_t bytes = 0;  ///< in the month
};

class UsageStore {
 public:
  virtual ~UsageStore() = default;
  /// `month` is `domain::Month::name`.
  virtual base::task<domain::AccountUsage> find(domain::AccountId account, std::string month) = 0;
  /// Adds to the bandwidth of the projects' accounts; projects that do not exist are passed over.
  virtual base::task<void> book_bandwidth(std::vector<SentBytes> sent, std::string month) = 0;
  /// Nothing when there is no such project.
  virtual base::task<std::optional<BandwidthUse>> find_bandwidth(domain::ProjectId project,
                                                                 std::string month) = 0;
};

}  // namespace pixelvault::ports
