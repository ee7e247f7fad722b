// Request ids: the client's own when it can stand in a log and a header, otherwise one of ours.
#pragma once

#include <string>
#include <string_view>

namespace pixelvault::http {

/// 1 to 128 letters, digits, `.`, `_` or `-`.
bool is_well_formed_request_id(std::string_view id);

/// Unique in this process and, by a random start, among all processes. Any thread may call.
/// Goes into a string whose memory is used again.
void assign_request_id(std::string& id);

}  // namespace pixelvault::http
