#include "api/json_body.hpp"

#include <boost/json.hpp>
#include <utility>

namespace pixelvault::api {

namespace json = boost::json;
using domain::ErrorCode;
using domain::Result;

namespace {

domain::Error too_large() {
  return {.code = ErrorCode::RequestTooLarge,
          .message = "The body is larger than the 65536 bytes that a JSON request may have.",
          .limit = kMaxJsonBytes};
}

base::task<Result<std::string>> read_text(http::Request& request) {
  if (request.content_length.value_or(0) > kMaxJsonBytes) co_return domain::fail(too_large());
  std::string text;
  for (;;) {
    const auto chunk = co_await request.body->read();
    if (!chunk) co_return domain::fail(read_failure(chunk.error()));
    if (chunk->empty()) co_return text;
    text += base::as_text(*chunk);
    if (text.size() > kMaxJsonBytes) co_return domain::fail(too_large());
  }
}

}  // namespace

domain::Error read_failure(base::ReadError error) {
  switch (error) {
    case base::ReadError::Ended:
      return {.code = ErrorCode::InvalidRequest,
              .message = "The body ended before the length that was announced: send it again."};
    case base::ReadError::TimedOut:
      return {.code = ErrorCode::RequestTimeout,
              .message = "The body did not arrive in time: send it again."};
    case base::ReadError::Malformed:
      return {.code = ErrorCode::InvalidRequest,
              .message = "The chunked encoding of the body is wrong."};
  }
  std::unreachable();
}

base::task<Result<json::object>> read_json(http::Request& request) {
  const auto text = co_await read_text(request);
  if (!text) co_return std::unexpected(text.error());
  json::error_code error;
  auto value = json::parse(*text, error);
  if (error || !value.is_object()) {
    co_return domain::fail(
        {.code = ErrorCode::InvalidJson,
         .message = "The body must be one JSON object, such as {\"email\": \"you@example.com\"}."});
  }
  co_return std::move(value.as_object());
}

Result<std::optional<std::string>> optional_text(const json::object& body, std::string_view name) {
  const auto* value = body.if_contains(name);
  if (value == nullptr || value->is_null()) return std::optional<std::string>{};
  if (const auto* text = value->if_string()) return std::string(*text);
  return domain::fail({.code = ErrorCode::InvalidRequest,
                       .message = "The field " + std::string(name) + " must be a text.",
                       .param = std::string(name)});
}

http::Response json_response(unsigned status, const json::object& body) {
  http::Response response{.status = status};
  response.add("Content-Type", "application/json");
  response.add("Cache-Control", "no-store");
  response.body = json::serialize(body);
  return response;
}

}  // namespace pixelvault::api
