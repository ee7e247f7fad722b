// The files of the store: `NNNNNNNN.open` is a segment that somebody writes or died writing,
// `NNNNNNNN.seg` one that is finished. Several processes may use a folder at once: numbers are
// given under a lock, and who writes a segment holds the lock of its file. Any thread may call;
// calls block.
#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/unique_fd.hpp"

namespace pixelvault::adapters::segments {

/// A segment that this process alone writes, by the lock on `file`.
struct OwnedSegment {
  std::uint32_t number = 0;
  base::UniqueFd file;
};

class SegmentFolder {
 public:
  enum class Access { Read, Write };
  struct Entry {
    std::uint32_t number = 0;
    bool finished = false;
  };

  /// Makes the folder when it is missing.
  explicit SegmentFolder(const std::filesystem::path& root);

  /// A new, empty segment. Its name is durable after `sync`.
  OwnedSegment create();
  /// An unfinished segment whose writer is gone; nothing when somebody writes it or has finished
  /// it.
  std::optional<OwnedSegment> claim(std::uint32_t number);
  /// Nobody writes the segment any more. Either name may stand after a crash.
  void finish(const OwnedSegment& segment);
  /// Makes names durable.
  void sync();
  /// The file of a segment, finished or not; nothing when there is none.
  std::optional<base::UniqueFd> find(std::uint32_t number, Access access) const;
  bool is_finished(std::uint32_t number) const;
  /// Who has it open goes on reading. It may be gone already.
  void remove(std::uint32_t number);
  /// Best effort, for clearing up after a failure.
  void try_remove(std::uint32_t number) noexcept;
  /// All segments by their number.
  std::vector<Entry> list() const;

  const base::UniqueFd& directory() const { return directory_; }

 private:
  class Locked;

  const std::filesystem::path root_;
  base::UniqueFd directory_;
  base::UniqueFd numbers_;  // holds the last number that was given; its lock is the folder's
  std::mutex mutex_;        // the lock is the process's, so its threads need one of their own
};

}  // namespace pixelvault::adapters::segments
