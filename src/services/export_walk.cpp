#include "services/export_walk.hpp"

#include <chrono>
#include <utility>

namespace pixelvault::services {

namespace {

/// The smallest id that an image could have which was made after the export was asked for: ids
/// begin with their millisecond.
domain::ImageId first_after(base::Timestamp time) {
  return domain::ImageId::make(time + std::chrono::milliseconds(1), {});
}

}  // namespace

ExportWalk::ExportWalk(ports::ImageStore& images, ports::Clock& clock, const domain::Export& job,
                       std::uint32_t page)
    : images_(images),
      clock_(clock),
      query_{.project = job.project,
             .environment = job.environment,
             .before = first_after(job.created_at),
             .limit = page} {}

base::task<std::vector<domain::Image>> ExportWalk::next() {
  if (ended_) co_return std::vector<domain::Image>{};
  query_.now = clock_.now();
  ports::ImageQuery query = query_;
  auto page = co_await images_.list(std::move(query));
  ended_ = !page.more || page.images.empty();
  if (!page.images.empty()) query_.before = page.images.back().id;
  co_return std::move(page.images);
}

}  // namespace pixelvault::services
