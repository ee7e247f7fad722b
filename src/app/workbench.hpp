// The stores of a data folder for the operator's commands, beside a server that may be running.
// Owned by the command; one thread.
#pragma once

#include "adapters/filesystem/blob_store.hpp"
#include "adapters/sql/counter_audit.hpp"
#include "adapters/sql/image_catalog.hpp"
#include "adapters/system/clock.hpp"
#include "app/config.hpp"
#include "app/world.hpp"
#include "ports/blob_inventory.hpp"

namespace pixelvault::app {

/// Throws ConfigError when the data folder has no database: a command does not make one.
void require_database(const Config& config);

/// Where blobs are, as the settings say; may be opened beside a server.
struct LocalBlobs {
  explicit LocalBlobs(const Config& config)
      : folder({.root = config.data / "blobs", .threads = 4, .alone = false}) {}

  adapters::filesystem::FilesystemBlobStore folder;
  ports::BlobStore& store = folder;
  ports::BlobInventory& inventory = folder;
  ports::BlobStore* segments = nullptr;  ///< where blobs have places, if there are any
};

struct Workbench {
  /// Throws what opening the stores throws.
  explicit Workbench(const Config& config) : records(config), blobs(config) {}

  adapters::system::SystemClock clock;
  Records records;
  adapters::sql::SqlImageCatalog catalog{records.database};
  adapters::sql::SqlCounterAudit counters{records.database};
  LocalBlobs blobs;
};

}  // namespace pixelvault::app
