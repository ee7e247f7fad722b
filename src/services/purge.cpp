#include "services/purge.hpp"

#include <exception>

#include "base/log.hpp"
#include "base/metrics.hpp"

namespace pixelvault::services {

namespace {

base::Counter failures({.name = "pixelvault_blob_removal_failures_total",
                        .help = "Removals of a deleted image's bytes that failed and are tried "
                                "again later."});

}  // namespace

base::task<bool> purge(ports::BlobStore& blobs, ports::ImageUpkeep& upkeep, std::string path) {
  try {
    co_await blobs.remove(path);
    co_await upkeep.finish_removal(path);
    co_return true;
  } catch (const std::exception& error) {
    failures.add();
    spdlog::warn("the bytes of {} are left to the janitor: {}", path, error.what());
    co_return false;
  }
}

}  // namespace pixelvault::services
