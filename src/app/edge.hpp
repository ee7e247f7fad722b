// The settings of a server as its edge understands them.
#pragma once

#include <cstdint>
#include <string>

#include "app/config.hpp"
#include "http/options.hpp"

namespace pixelvault::app {

/// Asks the system how many files may be open when the settings do not say how many connections.
http::Options edge_options(const Config& config);

/// Where a listener on this address is reached, e.g. `http://127.0.0.1:8080`.
std::string listener_url(const std::string& address, std::uint16_t port);

/// Where a server with these settings is reached from this machine, e.g. `http://127.0.0.1:8080`.
std::string edge_url(const Config& config, std::uint16_t port);

}  // namespace pixelvault::app
