// What the janitor tells of its work. Belongs to the janitor.
#pragma once

#include "base/metrics.hpp"

namespace pixelvault::services {

struct JanitorMetrics {
  base::Counter sweeps{{.name = "pixelvault_janitor_sweeps_total",
                        .help = "Sweeps of the janitor that came to their end."}};
  base::Counter ended{of("ended_images")};
  base::Counter emptied{of("images_of_deleted_projects")};
  base::Counter removed{of("removed_blobs")};
  base::Counter forgotten{of("forgotten_records")};

 private:
  static base::MetricInfo of(const char* work) {
    return {.name = "pixelvault_janitor_done_total",
            .help = "What the janitor has done, by kind of work.",
            .labels = {{"work", work}}};
  }
};

}  // namespace pixelvault::services
