// JSON in and out of HTTP bodies (contract §1).
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/byte_source.hpp"
#include "base/task.hpp"
#include "domain/error.hpp"
#include "http/message.hpp"

namespace pixelvault::api {

/// The largest JSON body that is read, in bytes.
inline constexpr std::size_t kMaxJsonBytes = 64UL * 1024;

/// The JSON object that the body holds, whatever its Content-Type says. InvalidJson,
/// RequestTooLarge, or what `read_failure` gives.
base::task<domain::Result<boost::json::object>> read_json(http::Request& request);

/// The text under `name`: absent or null is nothing, any other type InvalidRequest.
domain::Result<std::optional<std::string>> optional_text(const boost::json::object& body,
                                                         std::string_view name);

/// A body that could not be read to its end, as an error for the client.
domain::Error read_failure(base::ReadError error);

/// A response with this JSON as its body; never cached, since it belongs to one key.
http::Response json_response(unsigned status, const boost::json::object& body);

}  // namespace pixelvault::api
