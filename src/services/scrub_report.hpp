// What a comparison of rows and blobs has found: counts of everything, and the first findings by
// name, so that memory is bounded whatever is wrong. Belongs to one coroutine.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ports/blob_store.hpp"

namespace pixelvault::services {

enum class Fault {
  Missing,    ///< a row whose blob is not there; nothing mends it but a backup
  Damaged,    ///< a blob that is not what its row says; nothing mends it but a backup
  Misplaced,  ///< the blob of such a row, at another place: the row can be set
  Orphan,     ///< a blob without a row
  Duplicate,  ///< a second blob of an image
  Leftover,   ///< a blob of a deleted image that nobody will remove
  Foreign,    ///< something that is no blob of ours; left alone
  Counter,    ///< a counter that is not what the rows say
};

inline constexpr std::array kFaults = {Fault::Missing, Fault::Damaged,   Fault::Misplaced,
                                       Fault::Orphan,  Fault::Duplicate, Fault::Leftover,
                                       Fault::Foreign, Fault::Counter};

/// Its name in reports, e.g. `orphan`.
std::string_view name_of(Fault fault);

struct Finding {
  Fault fault = Fault::Missing;
  std::string what;                             ///< a key, or a counter
  std::optional<domain::BlobPlace> place = {};  ///< of the blob
  std::string detail = {};                      ///< more about it; may be empty
  bool repaired = false;
};

class ScrubReport {
 public:
  /// Names at most `listed` findings; all are counted.
  explicit ScrubReport(std::size_t listed) : listed_(listed) {}

  void add(Finding finding);

  std::uint64_t found(Fault fault) const { return found_.at(index(fault)); }
  std::uint64_t repaired(Fault fault) const { return repaired_.at(index(fault)); }
  /// Whether nothing is wrong (any more).
  bool is_clean() const { return found_ == repaired_; }
  const std::vector<Finding>& findings() const { return findings_; }

  // What was looked at.
  std::uint64_t images = 0;      ///< rows of living images
  std::uint64_t tombstones = 0;  ///< rows of deleted ones
  std::uint64_t blobs = 0;
  std::uint64_t blob_bytes = 0;
  std::uint64_t young = 0;  ///< blobs without rows that may be uploads of this moment
  bool at_limit = false;    ///< more could have been removed

 private:
  static std::size_t index(Fault fault) { return static_cast<std::size_t>(fault); }

  std::size_t listed_;
  std::array<std::uint64_t, kFaults.size()> found_{};
  std::array<std::uint64_t, kFaults.size()> repaired_{};
  std::vector<Finding> findings_;
};

}  // namespace pixelvault::services
