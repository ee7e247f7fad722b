// What an import failed of, as the client reads it. Used by this room only.
#pragma once

#include <boost/beast/core/error.hpp>
#include <string>

#include "domain/error.hpp"

namespace pixelvault::adapters::net_client {

/// ImportFailed with param `url`.
std::unexpected<domain::Error> import_failed(std::string message);

/// A failure on the wire as the end of a sentence: a deadline in our words, the rest in the
/// system's.
std::string reason(const boost::beast::error_code& error);

}  // namespace pixelvault::adapters::net_client
