// Holds rows and blobs against each other, both ways, beside a running server: every blob is asked
// for its row, every row for its blob, the counters for the sum of the rows. Reports, and repairs
// what it is told to. Memory is bounded, whatever there is. Used by the operator's command. Belongs
// to one coroutine.
#pragma once

#include <chrono>
#include <cstdint>

#include "base/task.hpp"
#include "ports/blob_inventory.hpp"
#include "ports/blob_store.hpp"
#include "ports/clock.hpp"
#include "ports/counter_audit.hpp"
#include "ports/image_catalog.hpp"
#include "services/blob_check.hpp"
#include "services/progress.hpp"
#include "services/scrub_report.hpp"

namespace pixelvault::services {

struct ScrubOptions {
  Depth depth = Depth::Size;  ///< Bytes: every blob is read
  bool repair = false;        ///< remove blobs that nobody needs, set counters right
  bool rebuild = false;       ///< set the places of rows whose blobs are elsewhere
  /// A blob without a row may be an upload of this moment: younger ones are left alone.
  std::chrono::milliseconds min_age = std::chrono::hours(24);
  std::uint32_t limit = 1000;   ///< blobs that are removed at most
  std::uint32_t listed = 1000;  ///< findings that the report names
};

class Scrub {
 public:
  struct Dependencies {
    ports::ImageCatalog& catalog;
    ports::BlobStore& blobs;
    ports::BlobInventory& inventory;
    ports::CounterAudit& counters;
    ports::Clock& clock;
  };

  Scrub(Dependencies dependencies, ScrubOptions options, ProgressSink progress)
      : use_(dependencies),
        options_(options),
        progress_(std::move(progress)),
        report_(options.listed) {}

  /// Called once. Throws `base::Unavailable` when the stores cannot be asked.
  base::task<ScrubReport> run();

 private:
  // blobs → rows (scrub_blobs.cpp)
  base::task<void> walk_blobs();
  base::task<void> judge(ports::StoredBlob blob);
  base::task<void> judge_unowned(ports::StoredBlob blob);
  base::task<void> judge_deleted(ports::StoredBlob blob);
  base::task<void> judge_elsewhere(ports::StoredBlob blob, domain::Image image);
  base::task<void> judge_duplicate(ports::StoredBlob blob, domain::Image image);
  base::task<void> judge_misplaced(ports::StoredBlob blob, domain::Image image);
  base::task<bool> is_unwanted(ports::BlobRef blob);
  base::task<bool> try_remove(ports::BlobRef blob);
  bool is_young(const ports::StoredBlob& blob) const;

  // rows → blobs, and counters (scrub_rows.cpp)
  base::task<void> walk_rows();
  base::task<void> judge_row(domain::Image image);
  base::task<void> audit_counters();

  Dependencies use_;
  ScrubOptions options_;
  ProgressSink progress_;
  ScrubReport report_;
  Progress told_;
  std::uint32_t removed_ = 0;
};

}  // namespace pixelvault::services
