// What was thrown on the way of a request, as the answer to it: the world failed, or there is a
// bug. Logs what the client is not told. Used by the pipeline and by the guards.
#pragma once

#include <exception>
#include <string>

#include "http/message.hpp"

namespace pixelvault::api {

/// 503 or 507 for `base::Unavailable`, 500 for any other exception; never with detail.
http::Response failure_response(const std::exception_ptr& failure, const std::string& request_id);

}  // namespace pixelvault::api
