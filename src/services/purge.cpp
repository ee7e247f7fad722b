#include "services/purge.hpp"

#include <exception>

#include "base/log.hpp"

namespace pixelvault::services {

base::task<bool> purge(ports::BlobStore& blobs, ports::ImageUpkeep& upkeep, std::string path) {
  try {
    co_await blobs.remove(path);
    co_await upkeep.finish_removal(path);
    co_return true;
  } catch (const std::exception& error) {
    spdlog::warn("the bytes of {} are left to the janitor: {}", path, error.what());
    co_return false;
  }
}

}  // namespace pixelvault::services
