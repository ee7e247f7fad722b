#include "api/json_body.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
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

Result<json::object> parse_object(std::string_view text) {
  json::error_code error;
  auto value = json::parse(text, error);
  if (!error && value.is_object()) return std::move(value.as_object());
  return domain::fail(
      {.code = ErrorCode::InvalidJson,
       .message = "The body must be one JSON object, such as {\"email\": \"you@example.com\"}."});
}

/// Nothing when the field is absent or null.
const json::value* find_value(const json::object& body, std::string_view name) {
  const auto* value = body.if_contains(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

domain::Error wrong_field(std::string_view name, std::string_view expected) {
  return {.code = ErrorCode::InvalidRequest,
          .message = "The field " + std::string(name) + " must be " + std::string(expected) + ".",
          .param = std::string(name)};
}

/// Every whole number up to 2^53, in whatever way it is written.
std::optional<std::uint64_t> whole_number(const json::value& value) {
  constexpr double kExact = 9'007'199'254'740'992.0;
  if (const auto* number = value.if_uint64()) return *number;
  if (const auto* number = value.if_int64(); number != nullptr && *number >= 0) {
    return static_cast<std::uint64_t>(*number);
  }
  const auto* number = value.if_double();
  if (number == nullptr || !(*number >= 0 && *number <= kExact)) return std::nullopt;
  if (std::trunc(*number) != *number) return std::nullopt;
  return static_cast<std::uint64_t>(*number);
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
  co_return parse_object(*text);
}

base::task<Result<json::object>> read_optional_json(http::Request& request) {
  const auto text = co_await read_text(request);
  if (!text) co_return std::unexpected(text.error());
  if (text->empty()) co_return json::object{};
  co_return parse_object(*text);
}

Result<std::optional<std::string>> optional_text(const json::object& body, std::string_view name) {
  const auto* value = find_value(body, name);
  if (value == nullptr) return std::optional<std::string>{};
  if (const auto* text = value->if_string()) return std::string(*text);
  return domain::fail(wrong_field(name, "a text"));
}

Result<std::string> required_text(const json::object& body, std::string_view name) {
  auto text = optional_text(body, name);
  if (!text) return std::unexpected(std::move(text.error()));
  if (auto& found = *text) return *std::move(found);
  return domain::fail({.code = ErrorCode::InvalidRequest,
                       .message = "The field " + std::string(name) + " is missing.",
                       .param = std::string(name)});
}

Result<std::optional<std::uint64_t>> optional_number(const json::object& body,
                                                     std::string_view name, NumberRange range) {
  const auto* value = find_value(body, name);
  if (value == nullptr) return std::optional<std::uint64_t>{};
  const auto number = whole_number(*value);
  if (number && *number >= range.min && *number <= range.max) return *number;
  auto error = wrong_field(name, "a whole number from " + std::to_string(range.min) + " to " +
                                     std::to_string(range.max));
  error.actual = number;
  if (number) error.limit = *number < range.min ? range.min : range.max;
  return domain::fail(std::move(error));
}

Result<std::optional<std::vector<std::string>>> optional_texts(const json::object& body,
                                                               std::string_view name) {
  const auto* value = find_value(body, name);
  if (value == nullptr) return std::optional<std::vector<std::string>>{};
  const auto* array = value->if_array();
  std::vector<std::string> texts;
  const auto is_text = [](const json::value& item) { return item.is_string(); };
  if (array == nullptr || !std::ranges::all_of(*array, is_text)) {
    return domain::fail(wrong_field(name, "an array of texts"));
  }
  for (const auto& item : *array) texts.emplace_back(item.get_string());
  return texts;
}

json::value time_or_null(const std::optional<base::Timestamp>& time) {
  if (!time) return nullptr;
  return json::value(base::to_rfc3339(*time));
}

http::Response json_response(unsigned status, const json::object& body) {
  http::Response response{.status = status};
  response.add("Content-Type", "application/json");
  response.add("Cache-Control", "no-store");
  response.body = json::serialize(body);
  return response;
}

}  // namespace pixelvault::api
