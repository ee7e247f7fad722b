#include <unistd.h>

#include <stdexcept>

#include "app/doctor/checks.hpp"
#include "app/run_blocking.hpp"
#include "app/workbench.hpp"

namespace pixelvault::app::doctor {

namespace {

constexpr std::string_view kBytes = "written by pixelvault doctor";

base::task<bool> read_back(ports::BlobStore& blobs, ports::BlobRef blob) {
  const auto source = co_await blobs.read(std::move(blob), kBytes.size());
  if (!source) co_return false;
  const auto bytes = co_await source->read();
  if (!bytes) co_return false;
  co_return base::as_text(*bytes) == kBytes;
}

base::task<bool> round_trip(ports::BlobStore& blobs, std::string key) {
  const auto writer = co_await blobs.create();
  co_await writer->write(base::as_bytes(kBytes));
  ports::BlobRef blob{.key = key};
  blob.place = co_await writer->commit(key);
  const bool same = co_await read_back(blobs, blob);
  co_await blobs.remove(blob);
  const bool still = co_await read_back(blobs, blob);
  co_return same && !still;
}

}  // namespace

Diagnosis check_blob_store(const Config& config) {
  const std::string remedy =
      "Look at the kernel's log and at the disk; the server refuses uploads meanwhile.";
  try {
    const adapters::system::SystemClock clock;
    adapters::sodium::SodiumRandomSource random;
    LocalBlobs blobs(config, clock, random, /*alone=*/false);
    const auto key = "doctor/probe." + std::to_string(::getpid());
    const bool well = run_blocking(round_trip(blobs, key));
    std::error_code ignored;
    std::filesystem::remove(config.data / "blobs" / "doctor", ignored);
    if (well) return {.check = "blob store", .finding = "writes, syncs, reads back, removes"};
    return {.check = "blob store",
            .verdict = Verdict::Failure,
            .finding = "what is written does not come back as it was",
            .remedy = remedy};
  } catch (const std::exception& error) {
    return {.check = "blob store",
            .verdict = Verdict::Failure,
            .finding = error.what(),
            .remedy = remedy};
  }
}

}  // namespace pixelvault::app::doctor
