#include "services/exports.hpp"

#include <utility>

#include "services/mint.hpp"

namespace pixelvault::services {

using domain::ErrorCode;
using domain::ExportStatus;
using domain::Result;

namespace {

std::unexpected<domain::Error> not_found() {
  return domain::fail({.code = ErrorCode::ExportNotFound,
                       .message = "There is no such export in this project: check the id and the "
                                  "key, or start a new one."});
}

/// Whether there is something to download; an error that says what to do otherwise.
Result<void> check_ready(const domain::Export& job) {
  switch (job.status) {
    case ExportStatus::Complete:
      return {};
    case ExportStatus::Pending:
    case ExportStatus::Processing:
      return domain::fail({.code = ErrorCode::ExportNotReady,
                           .message = "The export is not complete yet: ask for its status, and "
                                      "download it when that is complete.",
                           .retry_after = 1});
    case ExportStatus::Failed:
      return domain::fail({.code = ErrorCode::ExportNotReady,
                           .message = "The export has failed: start a new one."});
    case ExportStatus::Expired:
      return domain::fail({.code = ErrorCode::ExportExpired,
                           .message = "The export has expired: start a new one."});
  }
  std::unreachable();
}

}  // namespace

base::task<Result<domain::Export>> ExportService::start(domain::Caller caller) {
  const auto now = use_.clock.now();
  ports::ImageQuery query{
      .project = caller.project, .environment = caller.environment, .limit = 1, .now = now};
  const auto page = co_await use_.images.list(std::move(query));
  const domain::Export job{.id = mint_id<domain::ExportId>(now, use_.random),
                           .project = caller.project,
                           .environment = caller.environment,
                           .image_count = page.total,
                           .created_at = now,
                           .expires_at = now + kExportLifetime};
  if (co_await use_.exports.add(job)) co_return job;
  co_return domain::fail({.code = ErrorCode::ExportInProgress,
                          .message = "An export of this project is already in progress: wait until "
                                     "it is complete.",
                          .retry_after = 1});
}

base::task<Result<domain::Export>> ExportService::status(domain::Caller caller,
                                                         std::string_view id) {
  const auto export_id = domain::ExportId::parse(id);
  if (!export_id) co_return not_found();
  auto job = co_await use_.exports.find(caller.project, caller.environment, *export_id);
  if (!job) co_return not_found();
  if (job->expires_at <= use_.clock.now()) job->status = ExportStatus::Expired;
  co_return *std::move(job);
}

base::task<Result<std::unique_ptr<base::ByteSource>>> ExportService::download(
    domain::Caller caller, std::string_view id, std::unique_ptr<ManifestWriter> manifest) {
  auto job = co_await status(std::move(caller), id);
  if (!job) co_return std::unexpected(std::move(job.error()));
  if (auto ready = check_ready(*job); !ready) co_return std::unexpected(std::move(ready.error()));
  co_return std::make_unique<ExportArchive>(
      ExportArchive::Dependencies{use_.images, use_.blobs, use_.clock}, *std::move(job),
      std::move(manifest));
}

}  // namespace pixelvault::services
