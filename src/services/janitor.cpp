#include "services/janitor.hpp"

#include <chrono>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::services {

namespace {
constexpr std::chrono::minutes kLease{5};
constexpr std::uint32_t kBatch = 100;
}  // namespace

base::task<std::size_t> Janitor::sweep() {
  std::size_t removed = 0;
  for (;;) {
    const auto now = use_.clock.now();
    const auto paths = co_await use_.images.lease_removals(now, now + kLease, kBatch);
    if (paths.empty()) co_return removed;
    for (const auto& path : paths) {
      if (co_await remove(path)) ++removed;
    }
  }
}

base::task<bool> Janitor::remove(std::string path) {
  try {
    co_await use_.blobs.remove(path);
    co_await use_.images.finish_removal(path);
    co_return true;
  } catch (const base::Unavailable& error) {
    spdlog::warn("the bytes of {} could not be removed and are tried again later: {}", path,
                 error.what());
    co_return false;
  }
}

}  // namespace pixelvault::services
