// The one place that knows code -> status -> JSON (contract §2). Pure.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "domain/error.hpp"
#include "http/message.hpp"

namespace pixelvault::api {

/// The code as clients read it, e.g. `file_too_large`.
std::string_view code_name(domain::ErrorCode code);

unsigned status_of(domain::ErrorCode code);

/// `{"code", "message", "request_id", …}`, for an answer that tells of several errors.
boost::json::object error_json(const domain::Error& error, std::string_view request_id);

/// `{"error": {"code", "message", "request_id", …}}` with its status and the headers that belong to
/// it.
http::Response problem(const domain::Error& error, std::string_view request_id);

}  // namespace pixelvault::api
