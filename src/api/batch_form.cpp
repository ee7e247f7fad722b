#include "api/batch_form.hpp"

#include <utility>

#include "api/json_batch_form.hpp"
#include "api/json_body.hpp"
#include "api/multipart_batch_form.hpp"
#include "http/field.hpp"
#include "http/multipart.hpp"

namespace pixelvault::api {

using domain::ErrorCode;
using domain::Result;

namespace {

domain::Error too_large(std::uint64_t limit, std::optional<std::uint64_t> actual) {
  return {.code = ErrorCode::RequestTooLarge,
          .message = "The body is larger than the " + std::to_string(limit) +
                     " bytes that a batch may have with your plan: send fewer images at once.",
          .limit = limit,
          .actual = actual};
}

}  // namespace

base::task<Result<base::ByteView>> BatchBody::read() {
  if (error_) co_return std::unexpected(*error_);
  const auto chunk = co_await request_.body->read();
  if (chunk) {
    bytes_ += chunk->size();
    if (bytes_ <= limit_) co_return *chunk;
  }
  error_ = chunk ? too_large(limit_, std::nullopt) : read_failure(chunk.error());
  co_return std::unexpected(*error_);
}

Result<std::unique_ptr<services::BatchForm>> make_batch_form(http::Request& request,
                                                             std::uint64_t max_bytes) {
  if (request.content_length.value_or(0) > max_bytes) {
    return domain::fail(too_large(max_bytes, request.content_length));
  }
  const auto type = request.header("Content-Type");
  if (!type || http::media_type_essence(*type) != "multipart/form-data") {
    return std::make_unique<JsonBatchForm>(BatchBody(request, max_bytes));
  }
  auto boundary = http::multipart_boundary(*type);
  if (!boundary) {
    return domain::fail({.code = ErrorCode::InvalidMultipart,
                         .message = "The Content-Type names no usable multipart boundary: let your "
                                    "HTTP client set this header."});
  }
  return std::make_unique<MultipartBatchForm>(BatchBody(request, max_bytes), *std::move(boundary));
}

}  // namespace pixelvault::api
