#include "services/janitor.hpp"

#include <chrono>

#include "services/purge.hpp"

namespace pixelvault::services {

namespace {
constexpr std::chrono::minutes kLease{5};
constexpr std::uint32_t kBatch = 100;
}  // namespace

base::task<std::size_t> Janitor::sweep() {
  const auto now = use_.clock.now();
  const auto paths = co_await use_.images.lease_removals(now, now + kLease, kBatch);
  std::size_t removed = 0;
  for (const auto& path : paths) {
    if (co_await purge(use_.blobs, use_.images, path)) ++removed;
  }
  co_return removed;
}

}  // namespace pixelvault::services
