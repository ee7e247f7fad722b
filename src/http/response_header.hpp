// The head of a response as it goes over the wire. Any thread may call.
#pragma once

#include <string>
#include <string_view>

#include "http/message.hpp"

namespace pixelvault::http {

/// The standard phrase of a status, e.g. `Not Found`.
std::string_view reason_phrase(unsigned status);

/// Status line and fields up to and with the empty line, with Date, Content-Length and Connection
/// added.
std::string format_header(const Response& response, bool keep_alive);

}  // namespace pixelvault::http
