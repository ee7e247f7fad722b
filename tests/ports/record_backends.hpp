// What the suites of the record ports run against: all stores over one database, and all fakes over
// the same records. `reopen` is a restart of the server, which the records survive.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>

#include "adapters/sql/account_store.hpp"
#include "adapters/sql/database.hpp"
#include "adapters/sql/export_store.hpp"
#include "adapters/sql/image_catalog.hpp"
#include "adapters/sql/image_store.hpp"
#include "adapters/sql/image_upkeep.hpp"
#include "adapters/sql/key_store.hpp"
#include "adapters/sql/link_key_store.hpp"
#include "adapters/sql/outbox_backlog.hpp"
#include "adapters/sql/project_store.hpp"
#include "adapters/sql/usage_store.hpp"
#include "support/fake_account_store.hpp"
#include "support/fake_export_store.hpp"
#include "support/fake_image_catalog.hpp"
#include "support/fake_image_store.hpp"
#include "support/fake_key_store.hpp"
#include "support/fake_link_key_store.hpp"
#include "support/fake_outbox.hpp"
#include "support/fake_project_store.hpp"
#include "support/fake_usage_store.hpp"
#include "support/temporary_directory.hpp"

namespace pixelvault::port_suites {

struct SqlStores {
  explicit SqlStores(const std::filesystem::path& file, std::size_t readers = 4)
      : database({.file = file, .readers = readers}) {}

  adapters::sql::Database database;
  adapters::sql::SqlAccountStore accounts{database};
  adapters::sql::SqlKeyStore keys{database};
  adapters::sql::SqlProjectStore projects{database};
  adapters::sql::SqlUsageStore usage{database};
  adapters::sql::SqlLinkKeyStore link_keys{database};
  adapters::sql::SqlExportStore exports{database};
  adapters::sql::SqlImageStore images{database};
  adapters::sql::SqlImageUpkeep upkeep{database};
  adapters::sql::SqlImageCatalog catalog{database};
  adapters::sql::SqlOutbox outbox{database};
};

/// A database in a directory of its own.
class SqlRecords {
 public:
  SqlStores& stores() { return *stores_; }
  void reopen() {
    stores_.reset();
    stores_ = open();
  }

 private:
  std::unique_ptr<SqlStores> open() const {
    return std::make_unique<SqlStores>(directory_.path() / "db");
  }

  support::TemporaryDirectory directory_;
  std::unique_ptr<SqlStores> stores_ = open();
};

struct FakeStores {
  support::FakeRecordsPtr records = std::make_shared<support::FakeRecords>();
  support::FakeAccountStore accounts{records};
  support::FakeKeyStore keys{records};
  support::FakeProjectStore projects{records};
  support::FakeUsageStore usage{records};
  support::FakeLinkKeyStore link_keys{records};
  support::FakeExportStore exports{records};
  support::FakeImageStore images{records};
  support::FakeImageStore& upkeep = images;
  support::FakeImageCatalog catalog{records};
  support::FakeOutbox outbox{records};
};

/// Fakes, which live on: there is nothing to open again.
class FakedRecords {
 public:
  FakeStores& stores() { return stores_; }
  void reopen() {}

 private:
  FakeStores stores_;
};

using RecordBackends = testing::Types<SqlRecords, FakedRecords>;

}  // namespace pixelvault::port_suites
