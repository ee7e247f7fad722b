#include "app/edge.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <thread>

namespace pixelvault::app {

namespace {

/// Logs, the database and its readers, event loops.
constexpr std::size_t kOwnFiles = 256;
constexpr std::size_t kFewConnections = 64;
constexpr std::size_t kManyConnections = 100'000;

std::size_t open_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  return limit.rlim_cur;
}

}  // namespace

std::size_t connections_for(std::size_t open_files) {
  const auto free = open_files > kOwnFiles ? open_files - kOwnFiles : 0;
  return std::clamp(free / 3 * 2, kFewConnections, kManyConnections);
}

http::Options edge_options(const Config& config) {
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  return {
      .address = config.address,
      .port = config.port,
      .threads = config.threads > 0 ? config.threads : cores,
      .max_connections =
          config.max_connections > 0 ? config.max_connections : connections_for(open_files()),
      // Behind a proxy the peer is the proxy, and all clients are one.
      .max_connections_per_address = config.proxies > 0 ? 0 : config.max_connections_per_address,
      .max_requests = config.max_requests,
      .min_transfer_rate = config.min_transfer_rate};
}

std::string listener_url(const std::string& address, std::uint16_t port) {
  const bool v6 = address.contains(':');
  const auto host = v6 ? '[' + address + ']' : address;
  return "http://" + host + ':' + std::to_string(port);
}

std::string edge_url(const Config& config, std::uint16_t port) {
  return listener_url(config.address, port);
}

}  // namespace pixelvault::app
