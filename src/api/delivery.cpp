#include "api/delivery.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <string>
#include <utility>

#include "http/conditional.hpp"
#include "http/range.hpp"

namespace pixelvault::api {

using domain::ErrorCode;
using domain::Result;
using services::DeliveryService;
using std::chrono::seconds;

namespace {

/// Longer than this nobody keeps anything; caches take it for "for ever".
constexpr seconds kYear{31'536'000};

/// The request's conditional headers; the texts are kept here, since Conditions only views them.
struct ConditionTexts {
  explicit ConditionTexts(const http::Request& request)
      : if_match(request.header("If-Match")),
        if_none_match(request.header("If-None-Match")),
        if_modified_since(request.header("If-Modified-Since")),
        if_unmodified_since(request.header("If-Unmodified-Since")),
        if_range(request.header("If-Range")) {}

  http::Conditions view() const {
    return {.if_match = if_match,
            .if_none_match = if_none_match,
            .if_modified_since = if_modified_since,
            .if_unmodified_since = if_unmodified_since,
            .if_range = if_range};
  }

  std::optional<std::string> if_match, if_none_match, if_modified_since, if_unmodified_since,
      if_range;
};

/// Of an image that has an end: never past the moment from which the same URL gets an error.
std::string cache_control(const domain::Image& image, seconds lifetime) {
  const bool is_private = image.visibility == domain::Visibility::Private;
  const auto age = std::min(lifetime, kYear);
  return (is_private ? "private, max-age=" : "public, max-age=") + std::to_string(age.count());
}

/// The only parameter of this name; nothing when it is missing or doubled.
std::optional<std::string_view> only_parameter(const http::Target& target, std::string_view name) {
  std::optional<std::string_view> value;
  for (const auto& [other, text] : target.query) {
    if (other != name) continue;
    if (value) return std::nullopt;
    value = text;
  }
  return value;
}

/// Parameters of other names are not covered by the signature: clients append some.
std::optional<DeliveryService::Signature> read_signature(const http::Target& target) {
  const auto token = only_parameter(target, "token");
  const auto expires = only_parameter(target, "expires");
  if (!token || !expires) return std::nullopt;
  std::int64_t time = 0;
  std::from_chars(expires->data(), expires->data() + expires->size(), time);
  // In its one canonical form, so that a link has one spelling only.
  if (time < 0 || std::to_string(time) != *expires) return std::nullopt;
  return DeliveryService::Signature{.token = std::string(*token), .expires = time};
}

/// Gives the response the fields of the image; they live as long as one of both.
void describe(const DeliveryService::Found& found, const DeliveryFields::Shared& fields,
              http::Response& response) {
  response.shared_fields = std::shared_ptr<const std::string>(fields, &fields->lines);
  if (found.lifetime) {
    response.add("Cache-Control", cache_control(*found.image, *found.lifetime));
  }
}

/// Which bytes to send, and 206 with its Content-Range when they are not all of them.
Result<http::ByteRange> choose_range(const http::Request& request,
                                     const http::Conditions& conditions,
                                     const http::Validators& validators, std::uint64_t size,
                                     http::Response& response) {
  const http::ByteRange whole{.offset = 0, .length = size};
  const auto header = request.header("Range");
  // Only GET has ranges (RFC 9110 §14.2).
  if (!header || request.method != http::Method::Get ||
      !http::range_applies(conditions, validators))
    return whole;
  const auto range = http::resolve_range(*header, size);
  if (std::holds_alternative<http::WholeBody>(range)) return whole;
  if (const auto* part = std::get_if<http::ByteRange>(&range)) {
    response.status = 206;
    response.add("Content-Range", "bytes " + std::to_string(part->offset) + "-" +
                                      std::to_string(part->offset + part->length - 1) + "/" +
                                      std::to_string(size));
    return *part;
  }
  return domain::fail(
      {.code = ErrorCode::RangeNotSatisfiable,
       .message = "The range starts after the end of the image: ask for bytes below its size.",
       .actual = size});
}

}  // namespace

base::task<Result<http::Response>> DeliveryApi::deliver(http::Request& request,
                                                        http::PathValues path) {
  auto found = co_await delivery_.find(path.at(0), path.at(1));
  if (!found) co_return std::unexpected(std::move(found.error()));
  co_return co_await answer(request, *std::move(found));
}

base::task<Result<http::Response>> DeliveryApi::deliver_private(http::Request& request,
                                                                http::PathValues path) {
  auto signature = read_signature(request.target);
  auto found = co_await delivery_.find_private(path.at(0), path.at(1), std::move(signature));
  if (!found) co_return std::unexpected(std::move(found.error()));
  co_return co_await answer(request, *std::move(found));
}

base::task<Result<http::Response>> DeliveryApi::answer(http::Request& request,
                                                       DeliveryService::Found found) {
  const auto& image = *found.image;
  const auto fields = fields_.of(found.image);
  const auto validators = fields->validators();
  const ConditionTexts texts(request);
  const auto conditions = texts.view();

  http::Response response;
  describe(found, fields, response);
  switch (http::evaluate(conditions, validators)) {
    case http::Precondition::NotModified:
      response.status = 304;
      co_return response;
    case http::Precondition::Failed:
      co_return domain::fail(
          {.code = ErrorCode::PreconditionFailed,
           .message = "The image is not the one that the request's conditions ask for."});
    case http::Precondition::Proceed:
      break;
  }

  const auto range = choose_range(request, conditions, validators, image.size, response);
  if (!range) co_return std::unexpected(range.error());
  http::StreamedBody body{.source = {}, .length = range->length};
  if (request.method == http::Method::Get) {
    auto opened = co_await delivery_.open(found.image, range->offset, range->length);
    if (!opened) co_return std::unexpected(opened.error());
    body.source = std::move(opened->bytes);
    if (opened->meter) {
      response.on_sent = [meter = std::move(opened->meter)](std::uint64_t bytes) {
        meter->book(bytes);
      };
    }
  }
  response.body = std::move(body);
  co_return response;
}

}  // namespace pixelvault::api
