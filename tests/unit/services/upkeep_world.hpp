// Rows and blobs for the services that compare, copy and move them: images are stored as uploads
// store them, and spoiled as crashes and disks do.
#pragma once

#include <memory>
#include <string>

#include "services/scrub.hpp"
#include "support/builders.hpp"
#include "support/fake_blob_store.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_counter_audit.hpp"
#include "support/fake_image_catalog.hpp"
#include "support/fake_image_store.hpp"
#include "support/run_task.hpp"

namespace pixelvault::support {

struct UpkeepWorld {
  UpkeepWorld() { blobs.set_time(clock.now() - std::chrono::days(2)); }

  static std::string bytes_of(const domain::Image& image) {
    return "the bytes of " + image.id.to_string();
  }
  domain::Image make(domain::ProjectId owner) {
    auto image = build.image(owner);
    image.size = bytes_of(image).size();
    image.sha256 = base::sha256(base::as_bytes(bytes_of(image)));
    return image;
  }
  /// The blob first, then the row, as an upload has it.
  domain::Image add(domain::Image image) {
    image.place = run(write(domain::image_path(image), bytes_of(image)));
    add_row(image);
    return image;
  }
  domain::Image add() { return add(make(project)); }
  void add_row(const domain::Image& image) { run(images.insert(Builders::upload(image))); }
  void remove_blob(const domain::Image& image) { run(blobs.remove(ports::blob_of(image))); }
  /// A tombstone whose blob the janitor has removed, or not.
  void bury(const domain::Image& image, bool swept) {
    run(images.mark_deleted(image.project, image.environment, image.id, clock.now()));
    if (!swept) return;
    remove_blob(image);
    run(images.finish_removal(ports::blob_of(image)));
  }
  domain::Image row(const domain::Image& image) { return *run(catalog.find(image.id)); }

  base::task<std::optional<domain::BlobPlace>> write(std::string key, std::string bytes) {
    const auto writer = co_await blobs.create();
    co_await writer->write(base::as_bytes(bytes));
    co_return co_await writer->commit(std::move(key));
  }

  Builders build;
  FakeClock clock;
  FakeRecordsPtr records = std::make_shared<FakeRecords>();
  FakeImageStore images{records};
  FakeImageCatalog catalog{records};
  FakeBlobStore blobs;
  FakeCounterAudit counters;
  const domain::ProjectId project = build.id<domain::ProjectId>();
  const domain::ProjectId other_project = build.id<domain::ProjectId>();
};

}  // namespace pixelvault::support
