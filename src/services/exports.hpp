// Exports of a whole project (contract §4): ask for one, see how far it is, download it. The
// counting is done by `ExportWorker`. Any thread may call.
#pragma once

#include <chrono>
#include <memory>
#include <string_view>

#include "base/byte_source.hpp"
#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "domain/export.hpp"
#include "ports/blob_store.hpp"
#include "ports/clock.hpp"
#include "ports/export_store.hpp"
#include "ports/image_store.hpp"
#include "ports/random_source.hpp"
#include "services/export_archive.hpp"

namespace pixelvault::services {

/// How long an export can be looked at and downloaded.
inline constexpr std::chrono::hours kExportLifetime{24};

class ExportService {
 public:
  struct Dependencies {
    ports::ExportStore& exports;
    ports::ImageStore& images;
    ports::BlobStore& blobs;
    ports::Clock& clock;
    ports::RandomSource& random;
  };

  explicit ExportService(Dependencies dependencies) : use_(dependencies) {}

  /// A new export of the caller's project and environment, Pending. ExportInProgress while another
  /// one is pending or processing.
  base::task<domain::Result<domain::Export>> start(domain::Caller caller);

  /// An export whose time is over is Expired, whatever became of it. ExportNotFound for ids that
  /// are malformed, unknown, or of another project or environment.
  base::task<domain::Result<domain::Export>> status(domain::Caller caller, std::string_view id);

  /// The archive of a complete export; it may be downloaded again, and then holds what is still
  /// there. ExportNotReady (also when it failed, then without `retry_after`), ExportExpired, and
  /// what `status` finds wrong.
  base::task<domain::Result<std::unique_ptr<base::ByteSource>>> download(
      domain::Caller caller, std::string_view id, std::unique_ptr<ManifestWriter> manifest);

 private:
  Dependencies use_;
};

}  // namespace pixelvault::services
