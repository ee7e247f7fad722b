// JSON in and out of HTTP bodies (contract §1). Fields that are absent or null are nothing; fields
// that nobody knows are passed over. Used by every handler; nothing is shared.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_source.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "domain/error.hpp"
#include "http/message.hpp"

namespace pixelvault::api {

/// The largest JSON body that is read, in bytes.
inline constexpr std::size_t kMaxJsonBytes = 64UL * 1024;

/// The JSON object that the body holds, whatever its Content-Type says. InvalidJson,
/// RequestTooLarge, or what `read_failure` gives.
base::task<domain::Result<boost::json::object>> read_json(http::Request& request);

/// The same for a call whose body may be left out: an empty one is an empty object.
base::task<domain::Result<boost::json::object>> read_optional_json(http::Request& request);

/// The text under `name`; any other type is InvalidRequest with param `name`, as for all below.
domain::Result<std::optional<std::string>> optional_text(const boost::json::object& body,
                                                         std::string_view name);

/// A text that must be there.
domain::Result<std::string> required_text(const boost::json::object& body, std::string_view name);

/// Both ends belong to it.
struct NumberRange {
  std::uint64_t min = 0;
  std::uint64_t max = 0;
};

/// A whole number (`60`, and also `60.0`, which is the same number in JSON) in the range.
domain::Result<std::optional<std::uint64_t>> optional_number(const boost::json::object& body,
                                                             std::string_view name,
                                                             NumberRange range);

/// An array of texts.
domain::Result<std::optional<std::vector<std::string>>> optional_texts(
    const boost::json::object& body, std::string_view name);

/// A body that could not be read to its end, as an error for the client.
domain::Error read_failure(base::ReadError error);

/// RFC 3339, or null.
boost::json::value time_or_null(const std::optional<base::Timestamp>& time);

/// A response with this JSON as its body; never cached, since it belongs to one key.
http::Response json_response(unsigned status, const boost::json::object& body);

}  // namespace pixelvault::api
