#include "services/purge.hpp"

#include <exception>

#include "base/log.hpp"

namespace pixelvault::services {

base::task<bool> purge(ports::BlobStore& blobs, ports::ImageUpkeep& upkeep, ports::BlobRef blob) {
  try {
    co_await blobs.remove(blob);
    co_await upkeep.finish_removal(blob);
    co_return true;
  } catch (const std::exception& error) {
    spdlog::warn("the bytes of {} are left to the janitor: {}", blob.key, error.what());
    co_return false;
  }
}

}  // namespace pixelvault::services
