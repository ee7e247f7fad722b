// The one place that knows code -> status -> JSON (contract §2). Pure.
#pragma once

#include <string_view>

#include "domain/error.hpp"
#include "http/message.hpp"

namespace pixelvault::api {

/// The code as clients read it, e.g. `file_too_large`.
std::string_view code_name(domain::ErrorCode code);

unsigned status_of(domain::ErrorCode code);

/// `{"error": {"code", "message", "request_id", …}}` with its status and the headers that belong to
/// it.
http::Response problem(const domain::Error& error, std::string_view request_id);

}  // namespace pixelvault::api
