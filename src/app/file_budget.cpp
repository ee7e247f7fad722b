#include "app/file_budget.hpp"

#include <algorithm>
#include <thread>

#include "adapters/filesystem/blob_store.hpp"
#include "adapters/net_client/http_fetcher.hpp"
#include "adapters/segments/blob_store.hpp"
#include "adapters/sql/database.hpp"
#include "http/options.hpp"

namespace pixelvault::app {

namespace {

constexpr std::size_t kFewConnections = 64;
constexpr std::size_t kManyConnections = 100'000;

/// Standard streams, the lock of the data folder, signals, random numbers, scrapes of the metrics.
constexpr std::size_t kProcess = 32;
/// epoll, timer, wake-up, listener.
constexpr std::size_t kPerLoop = 4;
/// The database, its log, what they share.
constexpr std::size_t kPerSession = 3;
/// The folder, its numbers, the segment that is written, one that is reclaimed.
constexpr std::size_t kOfSegments = 4;
/// The socket, and another while the next server of a redirect is asked.
constexpr std::size_t kPerDownload = 2;

std::size_t of_database() {
  const adapters::sql::Database::Options options;
  return (1 + options.readers) * kPerSession;
}

/// Both local stores are open, whichever is written. A thread of the folder has the file and the
/// folder that it syncs.
std::size_t of_blobs() {
  const adapters::segments::SegmentBlobStore::Options segments;
  const adapters::filesystem::FilesystemBlobStore::Options folder;
  return segments.open_segments + segments.threads + kOfSegments + folder.threads * 2;
}

std::size_t of_downloads(const Config& config) {
  if (!config.import) return 0;
  return adapters::net_client::NetHttpFetcher::Options().at_once * kPerDownload;
}

}  // namespace

std::size_t threads_of(const Config& config) {
  if (config.threads > 0) return config.threads;
  return std::max(1U, std::thread::hardware_concurrency());
}

std::size_t own_files(const Config& config) {
  const auto loops = threads_of(config) + 1;  // and the operator's listener
  return kProcess + loops * kPerLoop + of_database() + of_blobs() + of_downloads(config) +
         http::Options().max_refusals;
}

// Every second connection sends a file of its own, or stores one.
std::size_t files_for(const Config& config, std::size_t connections) {
  return own_files(config) + connections + (connections + 1) / 2;
}

std::size_t connections_for(const Config& config, std::size_t open_files) {
  const auto own = own_files(config);
  const auto free = open_files > own ? open_files - own : 0;
  return std::clamp(free / 3 * 2, kFewConnections, kManyConnections);
}

}  // namespace pixelvault::app
