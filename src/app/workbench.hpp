// The stores of a data folder for the operator's commands, beside a server that may be running.
// Owned by the command; one thread.
#pragma once

#include "adapters/sodium/random_source.hpp"
#include "adapters/sql/counter_audit.hpp"
#include "adapters/sql/image_catalog.hpp"
#include "adapters/system/clock.hpp"
#include "app/config.hpp"
#include "app/local_blobs.hpp"
#include "app/world.hpp"

namespace pixelvault::app {

/// Throws ConfigError when the data folder has no database: a command does not make one.
void require_database(const Config& config);

struct Workbench {
  /// Throws what opening the stores throws.
  explicit Workbench(const Config& config)
      : records(config), blobs(config, clock, random, /*alone=*/false) {}

  adapters::system::SystemClock clock;
  adapters::sodium::SodiumRandomSource random;
  Records records;
  adapters::sql::SqlImageCatalog catalog{records.database};
  adapters::sql::SqlCounterAudit counters{records.database};
  LocalBlobs blobs;
};

}  // namespace pixelvault::app
