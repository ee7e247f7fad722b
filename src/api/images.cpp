#include "api/images.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <utility>

#include "api/import_form.hpp"
#include "api/json_body.hpp"
#include "api/metadata.hpp"
#include "api/upload_form.hpp"
#include "domain/idempotency.hpp"

namespace pixelvault::api {

namespace json = boost::json;
using domain::Result;
using services::LibraryService;

namespace {

constexpr std::uint32_t kMaxPage = 1'000'000;
constexpr std::uint32_t kMaxPerPage = 100;

/// A query parameter that is a whole number from 1 to `max`; `fallback` when it is absent.
Result<std::uint32_t> number(const http::Target& target, std::string_view name,
                             std::uint32_t fallback, std::uint32_t max) {
  const auto text = target.parameter(name);
  if (!text) return fallback;
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error == std::errc{} && end == text->data() + text->size() && value >= 1 && value <= max)
    return value;
  return domain::fail({.code = domain::ErrorCode::InvalidRequest,
                       .message = std::string(name) + " must be a whole number from 1 to " +
                                  std::to_string(max) + ".",
                       .param = std::string(name),
                       .limit = max});
}

Result<LibraryService::PageRequest> read_page_request(const http::Target& target) {
  const auto page = number(target, "page", 1, kMaxPage);
  if (!page) return std::unexpected(page.error());
  const auto per_page = number(target, "per_page", 20, kMaxPerPage);
  if (!per_page) return std::unexpected(per_page.error());
  LibraryService::PageRequest request{.page = *page, .per_page = *per_page};
  if (const auto cursor = target.parameter("cursor")) request.cursor = std::string(*cursor);
  if (const auto folder = target.parameter("folder")) request.folder = std::string(*folder);
  return request;
}

json::object describe(const LibraryService::Page& page) {
  json::object meta{{"total", page.total},
                    {"page", page.page},
                    {"per_page", page.per_page},
                    {"next_cursor", nullptr}};
  if (page.next_cursor) meta["next_cursor"] = *page.next_cursor;
  return meta;
}

/// A field of a PATCH: absent stays, null clears.
Result<std::optional<std::string>> read_change(const json::object& body, std::string_view name) {
  const auto* value = body.if_contains(name);
  if (value != nullptr && value->is_null()) return std::optional<std::string>("");
  return optional_text(body, name);
}

Result<std::optional<std::string>> read_metadata(const json::object& body) {
  const auto* value = body.if_contains("metadata");
  if (value == nullptr) return std::optional<std::string>();
  auto metadata = normalize_metadata(value->is_null() ? "{}" : json::serialize(*value));
  if (!metadata) return std::unexpected(std::move(metadata.error()));
  return std::optional(*std::move(metadata));
}

Result<LibraryService::Changes> read_changes(const json::object& body) {
  auto folder = read_change(body, "folder");
  if (!folder) return std::unexpected(std::move(folder.error()));
  auto filename = read_change(body, "filename");
  if (!filename) return std::unexpected(std::move(filename.error()));
  auto metadata = read_metadata(body);
  if (!metadata) return std::unexpected(std::move(metadata.error()));
  return LibraryService::Changes{.folder = *std::move(folder),
                                 .filename = *std::move(filename),
                                 .metadata = *std::move(metadata)};
}

}  // namespace

Result<std::optional<std::string>> idempotency_key(const http::Request& request) {
  auto key = request.header("Idempotency-Key");
  if (!key || domain::is_idempotency_key(*key)) return key;
  return domain::fail({.code = domain::ErrorCode::InvalidRequest,
                       .message = "The Idempotency-Key must be 1 to 255 printable ASCII "
                                  "characters, such as a UUID.",
                       .param = "Idempotency-Key"});
}

base::task<Result<http::Response>> ImagesApi::upload(domain::Caller caller, http::Request& request,
                                                     http::PathValues) {
  auto key = idempotency_key(request);
  if (!key) co_return std::unexpected(std::move(key.error()));
  const auto uploaded = co_await take(std::move(caller), request, *std::move(key));
  if (!uploaded) co_return std::unexpected(uploaded.error());
  request.notes.add("image", uploaded->image.id.to_string());

  auto data = co_await presenter_.show_upload(*uploaded);
  // At the top level too, so that a shell script can say `jq -r .url`.
  json::object body{{"id", data["id"]}, {"url", data["url"]}};
  body["data"] = std::move(data);
  auto response = json_response(uploaded->replayed ? 200 : 201, body);
  response.add("Location", "/v1/images/" + uploaded->image.id.to_string());
  if (uploaded->replayed) response.add("Idempotency-Replayed", "true");
  co_return response;
}

base::task<Result<services::Uploaded>> ImagesApi::take(domain::Caller caller,
                                                       http::Request& request,
                                                       std::optional<std::string> key) {
  if (is_import(request)) {
    auto asked = co_await read_import(request);
    if (!asked) co_return std::unexpected(std::move(asked.error()));
    co_return co_await imports_.import(std::move(caller), *std::move(asked), std::move(key));
  }
  const auto form = make_upload_form(request);
  if (!form) co_return std::unexpected(form.error());
  co_return co_await uploads_.accept(std::move(caller), **form, std::move(key));
}

base::task<Result<http::Response>> ImagesApi::list(domain::Caller caller, http::Request& request,
                                                   http::PathValues) {
  auto asked = read_page_request(request.target);
  if (!asked) co_return std::unexpected(asked.error());
  const auto page = co_await library_.list(std::move(caller), *std::move(asked));
  if (!page) co_return std::unexpected(page.error());
  json::array images;
  for (const auto& image : page->images) {
    auto shown = co_await presenter_.show(image);
    images.push_back(std::move(shown));
  }
  const json::object body{{"data", std::move(images)}, {"meta", describe(*page)}};
  co_return json_response(200, body);
}

base::task<Result<http::Response>> ImagesApi::get(domain::Caller caller, http::Request&,
                                                  http::PathValues path) {
  const auto image = co_await library_.get(std::move(caller), path.at(0));
  if (!image) co_return std::unexpected(image.error());
  auto data = co_await presenter_.show(*image);
  const json::object body{{"data", std::move(data)}};
  co_return json_response(200, body);
}

base::task<Result<http::Response>> ImagesApi::update(domain::Caller caller, http::Request& request,
                                                     http::PathValues path) {
  const auto sent = co_await read_json(request);
  if (!sent) co_return std::unexpected(sent.error());
  auto changes = read_changes(*sent);
  if (!changes) co_return std::unexpected(std::move(changes.error()));
  const auto image = co_await library_.update(std::move(caller), path.at(0), *std::move(changes));
  if (!image) co_return std::unexpected(image.error());
  auto data = co_await presenter_.show(*image);
  const json::object body{{"data", std::move(data)}};
  co_return json_response(200, body);
}

base::task<Result<http::Response>> ImagesApi::remove(domain::Caller caller, http::Request&,
                                                     http::PathValues path) {
  const auto deleted = co_await library_.remove(std::move(caller), path.at(0));
  if (!deleted) co_return std::unexpected(deleted.error());
  json::object data{{"id", deleted->id.to_string()},
                    {"deleted", true},
                    {"purge", deleted->purged ? "done" : "pending"}};
  co_return json_response(200, {{"data", std::move(data)}, {"success", true}});
}

}  // namespace pixelvault::api
