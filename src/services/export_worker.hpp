// Looks at every image of the exports that were asked for, one export after the other: counts them
// and their bytes, so that clients see progress. Run again and again by one background job; not
// shared between threads. What it has leased and not finished when the process ends is leased again
// later, by whoever runs then.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/task.hpp"
#include "domain/export.hpp"
#include "ports/clock.hpp"
#include "ports/export_store.hpp"
#include "ports/image_store.hpp"
#include "services/export_walk.hpp"

namespace pixelvault::services {

class ExportWorker {
 public:
  /// An export whose worker has not been heard of for this long is taken over.
  static constexpr std::chrono::seconds kLease{60};
  /// Images between two notes of progress.
  static constexpr std::uint32_t kPage = 500;

  struct Dependencies {
    ports::ExportStore& exports;
    ports::ImageStore& images;
    ports::Clock& clock;
  };

  explicit ExportWorker(Dependencies dependencies) : use_(dependencies) {}

  /// One short step: leases an export, or looks at the next page of the one that it has. Returns
  /// whether it did something; then the next step may follow at once. When a store is away it
  /// throws `base::Unavailable`, and the export is begun again after its lease; on any other
  /// failure the export is Failed.
  base::task<bool> run_once();

 private:
  struct Work {
    domain::Export job;
    ExportWalk walk;
  };

  base::task<void> look_at_page(Work& work);
  base::task<void> save(domain::Export job);

  Dependencies use_;
  std::optional<Work> work_;
};

}  // namespace pixelvault::services
