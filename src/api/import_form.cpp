#include "api/import_form.hpp"

#include <array>
#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "api/json_body.hpp"
#include "api/metadata.hpp"
#include "http/field.hpp"

namespace pixelvault::api {

namespace json = boost::json;
using domain::Result;
using services::ImportRequest;
using services::UploadOptions;

namespace {

constexpr std::array<std::string_view, 3> kTexts{"folder", "filename", "visibility"};

Result<void> take_text(const json::object& body, std::string_view name, UploadOptions& options) {
  const auto sent = optional_text(body, name);
  if (!sent) return std::unexpected(sent.error());
  const auto& text = *sent;
  if (!text) return {};
  return services::set_option(options, name, *text);
}

Result<void> take_lifetime(const json::object& body, std::string_view name,
                           std::optional<std::uint32_t>& lifetime) {
  const NumberRange range{.min = services::kMinLifetime, .max = services::kMaxLifetime};
  const auto sent = optional_number(body, name, range);
  if (!sent) return std::unexpected(sent.error());
  const auto& seconds = *sent;
  if (seconds) lifetime = static_cast<std::uint32_t>(*seconds);
  return {};
}

Result<void> take_metadata(const json::object& body, UploadOptions& options) {
  const auto* value = body.if_contains("metadata");
  if (value == nullptr || value->is_null()) return {};
  auto metadata = normalize_metadata(json::serialize(*value));
  if (!metadata) return std::unexpected(std::move(metadata.error()));
  options.metadata = *std::move(metadata);
  return {};
}

Result<void> take_describe(const json::object& body, UploadOptions& options) {
  const auto* value = body.if_contains("describe");
  if (value == nullptr) return {};
  const auto* text = value->if_string();
  return services::set_option(options, "describe",
                              text != nullptr ? std::string(*text) : json::serialize(*value));
}

Result<UploadOptions> read_options(const json::object& body) {
  UploadOptions options;
  Result<void> taken;
  for (const auto name : kTexts) {
    if (taken) taken = take_text(body, name, options);
  }
  if (taken) taken = take_lifetime(body, "expires_in", options.expires_in);
  if (taken) taken = take_lifetime(body, "sign_expires_in", options.sign_expires_in);
  if (taken) taken = take_metadata(body, options);
  if (taken) taken = take_describe(body, options);
  if (!taken) return std::unexpected(std::move(taken.error()));
  return options;
}

std::optional<domain::TraceContext> trace_of(const http::Request& request) {
  const auto header = request.header("traceparent");
  return header ? domain::parse_traceparent(*header) : std::nullopt;
}

}  // namespace

bool is_import(const http::Request& request) {
  const auto type = request.header("Content-Type");
  return type && http::media_type_essence(*type) == "application/json";
}

base::task<Result<ImportRequest>> read_import(http::Request& request) {
  const auto body = co_await read_json(request);
  if (!body) co_return std::unexpected(body.error());
  auto url = required_text(*body, "url");
  if (!url) co_return std::unexpected(std::move(url.error()));
  auto options = read_options(*body);
  if (!options) co_return std::unexpected(std::move(options.error()));
  co_return ImportRequest{
      .url = *std::move(url), .trace = trace_of(request), .options = *std::move(options)};
}

}  // namespace pixelvault::api
