// The world that the server stands in: every port with the adapter that was chosen for it. Made by
// the server and, for its records, by the administration's command line. Members are destroyed in
// the reverse order, the database after the stores over it.
#pragma once

#include "adapters/filesystem/blob_store.hpp"
#include "adapters/filesystem/health.hpp"
#include "adapters/net_client/http_fetcher.hpp"
#include "adapters/segments/blob_store.hpp"
#include "adapters/segments/health.hpp"
#include "adapters/sodium/password_hasher.hpp"
#include "adapters/sodium/random_source.hpp"
#include "adapters/sql/account_store.hpp"
#include "adapters/sql/database.hpp"
#include "adapters/sql/export_store.hpp"
#include "adapters/sql/health.hpp"
#include "adapters/sql/image_store.hpp"
#include "adapters/sql/image_upkeep.hpp"
#include "adapters/sql/key_store.hpp"
#include "adapters/sql/link_key_store.hpp"
#include "adapters/sql/outbox_backlog.hpp"
#include "adapters/sql/project_store.hpp"
#include "adapters/sql/usage_store.hpp"
#include "adapters/system/clock.hpp"
#include "app/config.hpp"
#include "app/local_blobs.hpp"

namespace pixelvault::app {

/// Everything that is kept in the database.
struct Records {
  explicit Records(const Config& config) : database({.file = config.data / "pixelvault.db"}) {}

  adapters::sql::Database database;
  adapters::sql::SqlAccountStore accounts{database};
  adapters::sql::SqlKeyStore keys{database};
  adapters::sql::SqlProjectStore projects{database};
  adapters::sql::SqlImageStore images{database};
  adapters::sql::SqlImageUpkeep image_upkeep{database};
  adapters::sql::SqlOutbox outbox{database};
  adapters::sql::SqlUsageStore usage{database};
  adapters::sql::SqlLinkKeyStore link_keys{database};
  adapters::sql::SqlExportStore exports{database};
  adapters::sql::DatabaseProbe probe{database};
};

struct World {
  explicit World(const Config& config)
      : records(config),
        blobs(config, clock, random, /*alone=*/true),
        blob_probe(config.blobs == BlobLayout::Folder
                       ? static_cast<ports::HealthProbe&>(folder_probe)
                       : segments_probe),
        fetcher({.allowed_hosts = config.import_allow,
                 .ca_file = config.import_ca_file,
                 .user_agent = "PixelVault/" PIXELVAULT_VERSION}) {}

  adapters::system::SystemClock clock;
  adapters::sodium::SodiumRandomSource random;
  adapters::sodium::SodiumPasswordHasher passwords{{}};
  Records records;
  LocalBlobs blobs;
  adapters::filesystem::FilesystemProbe folder_probe{blobs.folder()};
  adapters::segments::SegmentsProbe segments_probe{blobs.segments()};
  ports::HealthProbe& blob_probe;  // of the store that is written
  adapters::net_client::NetHttpFetcher fetcher;
};

}  // namespace pixelvault::app
