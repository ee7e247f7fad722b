// The records of projects. Every method is one transaction, durable when it returns. Any thread may
// call; every call may throw `base::Unavailable`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/task.hpp"
#include "domain/account.hpp"

namespace pixelvault::ports {

class ProjectStore {
 public:
  virtual ~ProjectStore() = default;

  /// False, and nothing stored, when the account has `limit` projects already.
  virtual base::task<bool> add(domain::Project project, std::optional<std::uint64_t> limit) = 0;

  /// Oldest first, without deleted ones.
  virtual base::task<std::vector<domain::Project>> list(domain::AccountId account) = 0;

  /// Nothing for another account's project and for a deleted one.
  virtual base::task<std::optional<domain::Project>> find(domain::AccountId account,
                                                          domain::ProjectId project) = 0;

  /// The project under its new name; nothing as for `find`.
  virtual base::task<std::optional<domain::Project>> rename(domain::AccountId account,
                                                            domain::ProjectId project,
                                                            std::string name) = 0;

  /// From here on the project is not found and none of its keys works; its images are removed by
  /// `remove_images`. False as for `find`.
  virtual base::task<bool> mark_deleted(domain::AccountId account, domain::ProjectId project,
                                        base::Timestamp now) = 0;

  /// Deleted projects that still have images, at most `limit`.
  virtual base::task<std::vector<domain::ProjectId>> list_unemptied(std::uint32_t limit) = 0;
};

}  // namespace pixelvault::ports
