// The line of the log that every request leaves. Credentials and the signatures of links never
// stand in it: queries and header fields are left out, and what looks like a credential in a path
// or in a request id is cut off. Pure.
#pragma once

#include <string_view>

#include "base/log_fields.hpp"
#include "http/application.hpp"

namespace pixelvault::api {

/// Method, path, route (its pattern), status, bytes, microseconds, request id and address; project
/// and image where they are known; the trace when the request carried one.
base::LogFields access_line(const http::Exchange& exchange, std::string_view route,
                            base::LogFormat format);

}  // namespace pixelvault::api
