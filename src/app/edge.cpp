#include "app/edge.hpp"

#include <algorithm>
#include <thread>

namespace pixelvault::app {

http::Options edge_options(const Config& config) {
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  return {.address = config.address,
          .port = config.port,
          .threads = config.threads > 0 ? config.threads : cores};
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
