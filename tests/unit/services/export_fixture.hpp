// A project with images, and what it takes to export it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "services/export_worker.hpp"
#include "services/exports.hpp"
#include "support/builders.hpp"
#include "support/fake_blob_store.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_export_store.hpp"
#include "support/fake_image_store.hpp"
#include "support/fake_random_source.hpp"
#include "support/run_task.hpp"

namespace pixelvault::services {

/// A manifest that is easy to compare: `[id=file;id=file;]`.
class PlainManifest final : public ManifestWriter {
 public:
  std::string begin(const domain::Export&) override { return "["; }
  std::string add(const domain::Image& image, std::string_view file) override {
    return image.id.to_string() + "=" + std::string(file) + ";";
  }
  std::string end() override { return "]"; }
};

class ExportFixture : public testing::Test {
 protected:
  ExportService service() { return ExportService({exports_, images_, blobs_, clock_, random_}); }
  ExportWorker worker() { return ExportWorker({exports_, images_, clock_}); }

  /// An image that was uploaded now, with these bytes; the clock goes on by a millisecond.
  domain::Image add_image(const std::string& bytes) {
    clock_.advance(std::chrono::milliseconds(1));
    base::IdEntropy entropy{};
    random_.fill(entropy);
    domain::Image image = build_.image(caller_.project);
    image.id = domain::ImageId::make(clock_.now(), entropy);
    image.created_at = clock_.now();
    image.environment = caller_.environment;
    image.size = bytes.size();
    store(image, bytes);
    return image;
  }

  void store(const domain::Image& image, const std::string& bytes) {
    const auto writer = support::run(blobs_.create());
    support::run(writer->write(base::as_bytes(bytes)));
    support::run(writer->commit(domain::image_path(image)));
    support::run(images_.insert(support::Builders::upload(image)));
  }

  /// As a client deletes: the row, then the bytes.
  void remove(const domain::Image& image) {
    support::run(images_.mark_deleted(image.project, image.environment, image.id, clock_.now()));
    auto blob = ports::blob_of(image);
    support::run(blobs_.remove(std::move(blob)));
  }

  domain::Result<domain::Export> start() {
    auto exports = service();
    return support::run(exports.start(caller_));
  }
  domain::Result<domain::Export> status(const domain::ExportId& id) {
    auto exports = service();
    return support::run(exports.status(caller_, id.to_string()));
  }
  /// An export that a worker has finished with.
  domain::Export complete() {
    const auto job = start();
    EXPECT_TRUE(job.has_value());
    auto exporter = worker();
    while (support::run(exporter.run_once())) continue;
    return *status(job->id);
  }
  domain::Result<std::unique_ptr<base::ByteSource>> download(const std::string& id) {
    auto exports = service();
    return support::run(exports.download(caller_, id, std::make_unique<PlainManifest>()));
  }

  support::FakeExportStore exports_;
  support::FakeImageStore images_;
  support::FakeBlobStore blobs_;
  support::FakeClock clock_;
  support::FakeRandomSource random_;
  support::Builders build_;
  domain::Caller caller_{.account = build_.id<domain::AccountId>(),
                         .project = build_.id<domain::ProjectId>(),
                         .key = build_.id<domain::KeyId>(),
                         .plan = "free"};
};

}  // namespace pixelvault::services
