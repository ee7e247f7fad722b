// Which IP addresses belong to the public internet: those in none of the special-purpose ranges of
// IANA's two registries (RFC 6890), nor outside what is given to hosts at all. A server that
// fetches what strangers name must go nowhere else. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "domain/ip_address.hpp"

namespace pixelvault::domain {

/// The range in which no public host can be, e.g. `127.0.0.0/8`; nothing for a public address.
std::optional<std::string_view> special_range(const IpAddress& address);

}  // namespace pixelvault::domain
