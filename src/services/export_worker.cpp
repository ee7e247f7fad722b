#include "services/export_worker.hpp"

#include <utility>

#include "base/log.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::services {

base::task<bool> ExportWorker::run_once() {
  if (!work_) {
    const auto now = use_.clock.now();
    auto job = co_await use_.exports.lease(now, now + kLease);
    if (!job) co_return false;
    // Another worker may have counted before it vanished.
    job->processed_count = 0;
    job->bytes = 0;
    const ExportWalk walk(use_.images, use_.clock, *job, kPage);
    work_.emplace(*std::move(job), walk);
  }
  // Taken out while it is worked on: what fails is not gone on with.
  // NOLINTNEXTLINE(bugprone-unchecked-optional-access): there is some by now
  Work work = *std::exchange(work_, std::nullopt);
  co_await look_at_page(work);
  if (work.job.status == domain::ExportStatus::Processing) work_.emplace(std::move(work));
  co_return true;
}

base::task<void> ExportWorker::look_at_page(Work& work) {
  auto& job = work.job;
  try {
    const auto images = co_await work.walk.next();
    for (const auto& image : images) {
      ++job.processed_count;
      job.bytes += image.size;
    }
    if (work.walk.ended()) {
      // Images may have gone since the export was asked for.
      job.image_count = job.processed_count;
      job.status = domain::ExportStatus::Complete;
    }
  } catch (const base::Unavailable&) {
    throw;
  } catch (const std::exception& error) {
    spdlog::error("the export {} failed: {}", job.id.to_string(), error.what());
    job.status = domain::ExportStatus::Failed;
    job.error = "The images could not be read: start a new export.";
  }
  co_await save(job);
}

base::task<void> ExportWorker::save(domain::Export job) {
  const auto leased_until = use_.clock.now() + kLease;
  co_await use_.exports.update(std::move(job), leased_until);
}

}  // namespace pixelvault::services
