// The records of exports. Every method is one transaction, durable when it returns. Any thread may
// call; every call may throw `base::Unavailable`.
#pragma once

#include <cstdint>
#include <optional>

#include "base/task.hpp"
#include "domain/export.hpp"

namespace pixelvault::ports {

class ExportStore {
 public:
  virtual ~ExportStore() = default;
  /// False, and nothing stored, while another export of the project and environment is pending or
  /// processing.
  virtual base::task<bool> add(domain::Export job) = 0;
  /// Nothing for another project's or environment's export.
  virtual base::task<std::optional<domain::Export>> find(domain::ProjectId project,
                                                         domain::Environment environment,
                                                         domain::ExportId id) = 0;
  /// The oldest export that is pending, or whose worker has let its lease end; it becomes
  /// Processing and nobody else gets it before `leased_until`.
  virtual base::task<std::optional<domain::Export>> lease(base::Timestamp now,
                                                          base::Timestamp leased_until) = 0;
  /// Ends the leases of others: every export that is not finished can be leased at once. Only for
  /// who knows that nobody else works on them. Returns how many leases there were.
  virtual base::task<std::uint32_t> end_leases() = 0;
  /// Stores status, counts and error of a leased export; `leased_until` prolongs the lease.
  virtual base::task<void> update(domain::Export job, base::Timestamp leased_until) = 0;
  /// Forgets exports that expired before `time`, at most `limit`. Returns how many.
  virtual base::task<std::uint32_t> forget_expired(base::Timestamp time, std::uint32_t limit) = 0;
};

}  // namespace pixelvault::ports
