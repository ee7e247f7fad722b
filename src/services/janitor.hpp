// Finishes what requests began and time has decided: ends images whose time is over, empties
// deleted projects, removes the bytes of deleted images that are still there, and forgets what
// nobody may ask for any more. All it does is in the stores, so that a restart loses nothing.
// Several janitors may work at once.
#pragma once

#include <cstddef>

#include "base/task.hpp"
#include "ports/account_store.hpp"
#include "ports/blob_store.hpp"
#include "ports/clock.hpp"
#include "ports/export_store.hpp"
#include "ports/image_upkeep.hpp"
#include "ports/link_key_store.hpp"
#include "ports/project_store.hpp"
#include "services/janitor_metrics.hpp"

namespace pixelvault::services {

class Janitor {
 public:
  struct Dependencies {
    ports::ImageUpkeep& upkeep;
    ports::BlobStore& blobs;
    ports::Clock& clock;
    ports::ProjectStore& projects;
    ports::AccountStore& accounts;
    ports::LinkKeyStore& link_keys;
    ports::ExportStore& exports;
  };

  explicit Janitor(Dependencies dependencies) : use_(dependencies) {}

  /// Takes over what a server that is gone had begun: removals and exports need not wait for the
  /// end of its leases. For a server that starts alone on its stores. Returns how many leases it
  /// ended.
  base::task<std::size_t> take_over();

  /// One batch of everything that is due. Returns how many things were done; above zero, more may
  /// be due. The removal of a blob that fails is due again when its lease is over; throws
  /// `base::Unavailable` when the stores cannot be asked.
  base::task<std::size_t> sweep();

 private:
  base::task<std::size_t> end_images(base::Timestamp now);
  base::task<std::size_t> empty_projects(base::Timestamp now);
  base::task<std::size_t> remove_blobs(base::Timestamp now);
  base::task<std::size_t> forget(base::Timestamp now);
  base::task<void> forget_link_keys(base::Timestamp now);

  Dependencies use_;
  JanitorMetrics metrics_;
};

}  // namespace pixelvault::services
