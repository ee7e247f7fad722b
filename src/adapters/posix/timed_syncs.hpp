// The syncs of one store, timed and counted under its name. A store makes all syncs on which an
// answer rests through the one that it has. Any thread may call; the calls block, and throw
// `Unavailable` as those of `file_calls` do.
#pragma once

#include <string>

#include "base/sync_metrics.hpp"
#include "base/unique_fd.hpp"

namespace pixelvault::adapters::posix {

class TimedSyncs {
 public:
  /// `store` is the label of its metrics.
  explicit TimedSyncs(const std::string& store)
      : data_(store, "fdatasync"), directories_(store, "fsync") {}

  /// fdatasync. Once it has failed the kernel may have dropped the bytes: never try it again.
  void data(const base::UniqueFd& file);
  /// fsync of the entries of a directory.
  void directory(const base::UniqueFd& directory);

 private:
  base::SyncMetrics data_;
  base::SyncMetrics directories_;
};

}  // namespace pixelvault::adapters::posix
