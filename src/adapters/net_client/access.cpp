#include "adapters/net_client/access.hpp"

#include <algorithm>
#include <stdexcept>

#include "adapters/net_client/failures.hpp"
#include "domain/address_ranges.hpp"

namespace pixelvault::adapters::net_client {

using domain::Result;
using domain::WebAddress;

namespace {

bool is_web_port(std::uint16_t port) {
  return port == domain::kHttpPort || port == domain::kHttpsPort;
}

}  // namespace

Access::Access(const std::vector<std::string>& exceptions) {
  for (const auto& text : exceptions) {
    const auto place = domain::parse_host_and_port(text);
    if (!place) throw std::invalid_argument("'" + text + "' is no host and no host:port");
    exceptions_.push_back(*place);
  }
}

bool Access::is_exception(const WebAddress& address) const {
  return std::ranges::any_of(exceptions_, [&](const domain::HostAndPort& place) {
    const bool port = place.port ? *place.port == address.port : is_web_port(address.port);
    return port && place.host == address.host;
  });
}

Result<void> Access::check(const WebAddress& address) const {
  if (is_web_port(address.port) || is_exception(address)) return {};
  return import_failed("This server fetches from the ports 80 and 443 only, not from " +
                       std::to_string(address.port) + ": send the file itself.");
}

Result<void> Access::check(const WebAddress& address,
                           std::span<const domain::IpAddress> resolved) const {
  if (is_exception(address)) return {};
  for (const auto& ip : resolved) {
    const auto range = domain::special_range(ip);
    if (!range) continue;
    return import_failed("The host " + address.host.text + " has an address in " +
                         std::string(*range) +
                         ", which is not public, and this server fetches from public ones only: "
                         "send the file itself.");
  }
  return {};
}

}  // namespace pixelvault::adapters::net_client
