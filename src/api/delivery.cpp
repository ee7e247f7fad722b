#include "api/delivery.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <string>
#include <utility>

#include "http/conditional.hpp"
#include "http/field.hpp"
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

/// Most requests want all of it, whatever it is.
bool has_conditions(const http::Request& request) {
  return std::ranges::any_of(request.fields, [](const http::Field& field) {
    return http::equals_ignoring_case(field.name.substr(0, 3), "If-") ||
           http::equals_ignoring_case(field.name, "Range");
  });
}

/// An answer but for its body, and which bytes that is; none with 304.
struct Prepared {
  http::Response response;
  std::optional<http::ByteRange> range;
};

/// The answer keeps the fields, which live as long as one of both.
Result<Prepared> prepare(const http::Request& request, const domain::Image& image,
                         std::optional<seconds> lifetime, const DeliveryFields::Shared& fields) {
  Prepared prepared;
  auto& response = prepared.response;
  response.shared_fields = std::shared_ptr<const std::string>(fields, &fields->lines);
  if (lifetime) response.add("Cache-Control", cache_control(image, *lifetime));
  prepared.range = http::ByteRange{.offset = 0, .length = image.size};
  if (!has_conditions(request)) return prepared;

  const auto validators = fields->validators();
  const ConditionTexts texts(request);
  const auto conditions = texts.view();
  switch (http::evaluate(conditions, validators)) {
    case http::Precondition::NotModified:
      response.status = 304;
      prepared.range.reset();
      return prepared;
    case http::Precondition::Failed:
      return domain::fail(
          {.code = ErrorCode::PreconditionFailed,
           .message = "The image is not the one that the request's conditions ask for."});
    case http::Precondition::Proceed:
      break;
  }
  auto range = choose_range(request, conditions, validators, image.size, response);
  if (!range) return std::unexpected(std::move(range.error()));
  prepared.range = *range;
  return prepared;
}

}  // namespace

base::task<Result<http::Response>> DeliveryApi::deliver(http::Request& request,
                                                        http::PathValues path) {
  metrics_.miss();
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
  const auto fields = fields_.of(found.image);
  auto prepared = prepare(request, *found.image, found.lifetime, fields);
  if (!prepared) co_return std::unexpected(std::move(prepared.error()));
  auto [response, range] = *std::move(prepared);
  if (!range) co_return std::move(response);
  http::StreamedBody body{.source = {}, .length = range->length};
  if (request.method == http::Method::Get) {
    auto opened = co_await delivery_.open(found.image, range->offset, range->length);
    if (!opened) co_return std::unexpected(std::move(opened.error()));
    if (auto warrant = delivery_.warrant(found, *opened, range->offset)) {
      hot_.keep(request.target.path, {*std::move(warrant), fields, request.notes.route});
    }
    body.source = std::move(opened->bytes);
    if (opened->meter) {
      response.on_sent = [meter = std::move(opened->meter)](std::uint64_t bytes) {
        meter->book(bytes);
      };
    }
  }
  response.body = std::move(body);
  co_return std::move(response);
}

std::optional<http::Response> DeliveryApi::deliver_again(http::Request& request) {
  if (request.method != http::Method::Get) return std::nullopt;
  auto hot = hot_.find(request.target.path);
  if (!hot) return std::nullopt;
  auto region = delivery_.open_again(hot->warrant);
  if (!region) return std::nullopt;
  // Counted with `hot`, whose count no other thread touches.
  const DeliveryFields::Shared fields(hot, hot->fields.get());
  auto prepared = prepare(request, *hot->warrant.image, std::nullopt, fields);
  if (!prepared) return std::nullopt;
  metrics_.hit();
  request.notes.route = hot->route;
  auto& [response, range] = *prepared;
  if (!range) return std::move(response);
  region->offset += range->offset;
  region->length = range->length;
  response.body = http::StreamedBody{.source = *std::move(region), .length = range->length};
  if (hot->warrant.meter) {
    response.on_sent = [hot = std::move(hot)](std::uint64_t bytes) {
      hot->warrant.meter->book(bytes);
    };
  }
  return std::move(response);
}

}  // namespace pixelvault::api
