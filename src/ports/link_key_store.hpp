// The ring of secrets that sign links to private images. Any thread may call; every call may throw
// `base::Unavailable`.
#pragma once

#include <vector>

#include "base/task.hpp"
#include "domain/link.hpp"

namespace pixelvault::ports {

class LinkKeyStore {
 public:
  virtual ~LinkKeyStore() = default;
  /// Newest first.
  virtual base::task<std::vector<domain::LinkKey>> list() = 0;
  virtual base::task<void> add(domain::LinkKey key) = 0;
  /// Adds the key unless there is one already: so that two servers that start at once share one.
  virtual base::task<void> add_first(domain::LinkKey key) = 0;
  /// Forgets the keys that were made before `time`, all but the newest.
  virtual base::task<void> forget_before(base::Timestamp time) = 0;
};

}  // namespace pixelvault::ports
