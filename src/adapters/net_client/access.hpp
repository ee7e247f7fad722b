// Where this server fetches from: public addresses, on the two ports of the web, unless the
// operator named the host. Immutable; any thread may ask.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "domain/error.hpp"
#include "domain/ip_address.hpp"
#include "domain/web_address.hpp"

namespace pixelvault::adapters::net_client {

class Access {
 public:
  /// Each entry is `host` (then its ports 80 and 443) or `host:port`. Throws std::invalid_argument
  /// for anything else.
  explicit Access(const std::vector<std::string>& exceptions);

  /// Before anything is resolved. ImportFailed for a port that is not of the web.
  domain::Result<void> check(const domain::WebAddress& address) const;
  /// Before anything is connected, for all addresses that the host was resolved to. ImportFailed
  /// when one of them is not public: a name that mixes them is not to be trusted.
  domain::Result<void> check(const domain::WebAddress& address,
                             std::span<const domain::IpAddress> resolved) const;

 private:
  bool is_exception(const domain::WebAddress& address) const;

  std::vector<domain::HostAndPort> exceptions_;
};

}  // namespace pixelvault::adapters::net_client
