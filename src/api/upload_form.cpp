#include "api/upload_form.hpp"

#include <utility>

#include "api/json_body.hpp"
#include "api/metadata.hpp"
#include "http/field.hpp"

namespace pixelvault::api {

using domain::ErrorCode;
using domain::Result;
using http::MultipartParser;
using services::UploadForm;

namespace {

std::unexpected<domain::Error> too_large(std::string message, std::uint64_t limit) {
  return domain::fail(
      {.code = ErrorCode::RequestTooLarge, .message = std::move(message), .limit = limit});
}

/// A field in its normal form: metadata is JSON inside of it, which the services do not read.
Result<UploadForm::Part> make_field(std::string name, std::string value) {
  if (name == "metadata") {
    auto metadata = normalize_metadata(value);
    if (!metadata) return std::unexpected(std::move(metadata.error()));
    value = *std::move(metadata);
  }
  return UploadForm::Field{.name = std::move(name), .value = std::move(value)};
}

}  // namespace

Result<std::unique_ptr<UploadForm>> make_upload_form(http::Request& request) {
  const auto type = request.header("Content-Type");
  if (!request.has_body && !type) {
    return domain::fail({.code = ErrorCode::NoFile,
                         .message = "There is no file in the request: send one as the form field "
                                    "'file', or as the body."});
  }
  const auto essence = type ? http::media_type_essence(*type) : std::string();
  if (!type || essence != "multipart/form-data") return std::make_unique<RawForm>(request);
  auto boundary = http::multipart_boundary(*type);
  if (!boundary) {
    return domain::fail({.code = ErrorCode::InvalidMultipart,
                         .message = "The Content-Type names no usable multipart boundary: let your "
                                    "HTTP client set this header."});
  }
  return std::make_unique<MultipartForm>(request, *std::move(boundary));
}

UploadForm::DeclaredSize MultipartForm::declared_size() const {
  const auto declared = request_.content_length.value_or(0);
  return {.at_least = declared > kFormOverhead ? declared - kFormOverhead : 0};
}

base::task<Result<MultipartParser::Event>> MultipartForm::pull() {
  for (;;) {
    auto event = parser_.next();
    if (const auto* malformed = std::get_if<MultipartParser::Malformed>(&event)) {
      co_return domain::fail({.code = ErrorCode::InvalidMultipart, .message = malformed->message});
    }
    if (!std::holds_alternative<MultipartParser::NeedInput>(event)) co_return event;
    if (auto fits = check_overhead(); !fits) co_return std::unexpected(std::move(fits.error()));
    const auto chunk = co_await request_.body->read();
    if (!chunk) co_return domain::fail(read_failure(chunk.error()));
    body_bytes_ += chunk->size();
    if (chunk->empty()) {
      parser_.end_input();
    } else {
      parser_.feed(*chunk);
    }
  }
}

Result<void> MultipartForm::check_overhead() const {
  if (body_bytes_ - file_bytes_ <= kFormOverhead) return {};
  return too_large(
      "The form holds more than 65536 bytes beside the file: send fewer or shorter fields.",
      kFormOverhead);
}

base::task<Result<UploadForm::Part>> MultipartForm::next() {
  auto event = co_await pull();
  if (!event) co_return std::unexpected(std::move(event.error()));
  auto* part = std::get_if<MultipartParser::PartBegin>(&*event);
  if (part == nullptr) co_return co_await finish();
  if (part->name == "file") co_return File{.filename = std::move(part->filename).value_or("")};
  if (part->filename) {
    co_return domain::fail(
        {.code = ErrorCode::NoFile,
         .message = "The file is in the form field '" + part->name + "': send it as 'file'.",
         .param = "file"});
  }
  co_return co_await read_field(std::move(part->name));
}

base::task<Result<UploadForm::Part>> MultipartForm::finish() {
  while (true) {
    if (auto fits = check_overhead(); !fits) co_return std::unexpected(std::move(fits.error()));
    const auto chunk = co_await request_.body->read();
    if (!chunk) co_return domain::fail(read_failure(chunk.error()));
    if (chunk->empty()) co_return End{};
    body_bytes_ += chunk->size();
  }
}

base::task<Result<UploadForm::Part>> MultipartForm::read_field(std::string name) {
  std::string value;
  for (;;) {
    auto event = co_await pull();
    if (!event) co_return std::unexpected(std::move(event.error()));
    const auto* data = std::get_if<MultipartParser::PartData>(&*event);
    if (data == nullptr) co_return make_field(std::move(name), std::move(value));
    value += base::as_text(data->bytes);
    if (value.size() > kMaxFieldBytes) {
      co_return too_large(
          "The field " + name + " is longer than the 8192 bytes that a field may have.",
          kMaxFieldBytes);
    }
  }
}

base::task<Result<base::ByteView>> MultipartForm::read() {
  auto event = co_await pull();
  if (!event) co_return std::unexpected(std::move(event.error()));
  const auto* data = std::get_if<MultipartParser::PartData>(&*event);
  if (data == nullptr) co_return base::ByteView{};
  file_bytes_ += data->bytes.size();
  co_return data->bytes;
}

base::task<Result<UploadForm::Part>> RawForm::next() {
  const auto& query = request_.target.query;
  if (fields_given_ < query.size()) {
    const auto& [name, value] = query[fields_given_++];
    co_return make_field(name, value);
  }
  if (std::exchange(file_given_, true)) co_return End{};
  co_return File{};
}

base::task<Result<base::ByteView>> RawForm::read() {
  const auto chunk = co_await request_.body->read();
  if (!chunk) co_return domain::fail(read_failure(chunk.error()));
  co_return *chunk;
}

}  // namespace pixelvault::api
