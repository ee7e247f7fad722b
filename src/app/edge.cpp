#include "app/edge.hpp"

#include <sys/resource.h>

#include "app/file_budget.hpp"

namespace pixelvault::app {

namespace {

std::size_t open_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  return limit.rlim_cur;
}

}  // namespace

http::Options edge_options(const Config& config) {
  return {
      .address = config.address,
      .port = config.port,
      .threads = threads_of(config),
      .max_connections = config.max_connections > 0 ? config.max_connections
                                                    : connections_for(config, open_files()),
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
