// `pixelvault blobs move`.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include "app/commands/blobs.hpp"
#include "app/commands/lost_blobs.hpp"
#include "app/progress_bar.hpp"
#include "app/run_blocking.hpp"
#include "app/values.hpp"
#include "base/unique_fd.hpp"
#include "services/blob_move.hpp"

namespace pixelvault::app {

namespace {

/// Two moves at once would take each other's copies for leftovers.
base::UniqueFd lock_moves(const Config& config) {
  base::UniqueFd lock(
      ::open((config.data / "move.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock && ::flock(lock.get(), LOCK_EX | LOCK_NB) == 0) return lock;
  throw ConfigError("Another move runs in this data folder: let it end, or end it.");
}

services::MoveOptions options_of(const BlobsRequest& request) {
  services::MoveOptions options;
  if (request.to != "segments" && request.to != "folder") {
    throw ConfigError("--to is wrong: write segments or folder.");
  }
  options.to = request.to == "folder" ? services::MoveTo::Folder : services::MoveTo::Segments;
  if (request.rate.empty()) return options;
  const auto rate = parse_size(request.rate);
  if (!rate || *rate == 0) throw ConfigError("--rate is wrong: write a size such as 20MB.");
  options.bytes_per_second = *rate;
  return options;
}

ports::BlobStore& target_of(LocalBlobs& blobs, services::MoveTo to) {
  if (to == services::MoveTo::Folder) return blobs.folder();
  return blobs.segments();
}

}  // namespace

int move_blobs(Workbench& bench, const Config& config, const BlobsRequest& request) {
  const auto options = options_of(request);
  auto& target = target_of(bench.blobs, options.to);
  const auto lock = lock_moves(config);
  ProgressBar bar;
  services::BlobMove work({bench.catalog, bench.blobs, target, bench.clock}, options, bar.sink());
  const auto report = run_blocking(work.run());
  bar.clear();
  fmt::print("{} images of {} bytes are moved, {} were there already.\n", report.moved,
             report.bytes, report.there);
  if (report.moved > 0) {
    fmt::print("The server removes the old blobs in {} minutes.\n",
               std::chrono::duration_cast<std::chrono::minutes>(options.keep_old).count());
  }
  if (report.waiting > 0) {
    fmt::print("{} wait for the removal of what an earlier move left: run this again then.\n",
               report.waiting);
  }
  return tell_lost(report.lost, "could not be moved; pixelvault scrub says what is wrong");
}

}  // namespace pixelvault::app
