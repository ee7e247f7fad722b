#include "api/metadata.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace pixelvault::api {

namespace json = boost::json;

domain::Result<std::string> normalize_metadata(std::string_view text) {
  domain::Error error{.code = domain::ErrorCode::InvalidRequest,
                      .message = "The metadata must be a JSON object whose values are strings.",
                      .param = "metadata"};
  json::error_code syntax;
  const auto value = json::parse(text, syntax);
  const auto* object = syntax ? nullptr : value.if_object();
  if (object == nullptr) return domain::fail(std::move(error));
  if (!std::ranges::all_of(*object, [](const auto& pair) { return pair.value().is_string(); })) {
    return domain::fail(std::move(error));
  }
  auto shortest = json::serialize(*object);
  if (shortest.size() > kMaxMetadataBytes) {
    error.message = "The metadata is longer than 4096 bytes: keep only what you look up by image.";
    error.limit = kMaxMetadataBytes;
    error.actual = shortest.size();
    return domain::fail(std::move(error));
  }
  return shortest;
}

}  // namespace pixelvault::api
