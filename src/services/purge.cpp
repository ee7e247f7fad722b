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

base::task<bool> purge(ports::BlobStore& blobs, ports::ImageUpkeep& upkeep, ports::BlobRef blob) {
  try {
    co_await blobs.remove(blob);
    co_await upkeep.finish_removal(blob);
    co_return true;
  } catch (const std::exception& error) {
    failures.add();
    spdlog::warn("the bytes of {} are left to the janitor: {}", blob.key, error.what());
    co_return false;
  }
}

}  // namespace pixelvault::services
