#include "api/images.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <utility>

#include "api/image_json.hpp"
#include "api/json_body.hpp"
#include "api/upload_form.hpp"

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

json::object encode(const LibraryService::Page& page, const std::string& public_url) {
  json::array images;
  for (const auto& image : page.images) images.push_back(image_json(image, public_url));
  json::object meta{{"total", page.total},
                    {"page", page.page},
                    {"per_page", page.per_page},
                    {"next_cursor", nullptr}};
  if (page.next_cursor) meta["next_cursor"] = *page.next_cursor;
  return {{"data", std::move(images)}, {"meta", std::move(meta)}};
}

}  // namespace

base::task<Result<http::Response>> ImagesApi::upload(domain::Caller caller, http::Request& request,
                                                     http::PathValues) {
  const auto form = make_upload_form(request);
  if (!form) co_return std::unexpected(form.error());
  const auto image = co_await uploads_.accept(std::move(caller), **form);
  if (!image) co_return std::unexpected(image.error());
  auto data = image_json(*image, public_url_);
  // At the top level too, so that a shell script can say `jq -r .url`.
  json::object body{{"id", data["id"]}, {"url", data["url"]}};
  body["data"] = std::move(data);
  auto response = json_response(201, body);
  response.add("Location", "/v1/images/" + image->id.to_string());
  co_return response;
}

base::task<Result<http::Response>> ImagesApi::list(domain::Caller caller, http::Request& request,
                                                   http::PathValues) {
  auto asked = read_page_request(request.target);
  if (!asked) co_return std::unexpected(asked.error());
  const auto page = co_await library_.list(std::move(caller), *std::move(asked));
  if (!page) co_return std::unexpected(page.error());
  co_return json_response(200, encode(*page, public_url_));
}

base::task<Result<http::Response>> ImagesApi::get(domain::Caller caller, http::Request&,
                                                  http::PathValues path) {
  const auto image = co_await library_.get(std::move(caller), path.at(0));
  if (!image) co_return std::unexpected(image.error());
  co_return json_response(200, {{"data", image_json(*image, public_url_)}});
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
