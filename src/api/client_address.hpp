// Who a request comes from, for limits per client. Pure.
#pragma once

#include <cstddef>
#include <string>

#include "http/message.hpp"

namespace pixelvault::api {

/// The address of the client, behind `proxies` trusted proxies: the peer's with none, otherwise the
/// entry of X-Forwarded-For that the outermost of them wrote, the `proxies`-th from the right. The
/// peer's too when there are fewer entries or that one is no address. IPv6 addresses of one /64 are
/// one client (`2001:db8:0:1::/64`), since anybody has as many of them as he likes.
std::string client_address(const http::Request& request, std::size_t proxies);

}  // namespace pixelvault::api
