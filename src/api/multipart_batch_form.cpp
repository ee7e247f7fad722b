#include "api/multipart_batch_form.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "api/metadata.hpp"
#include "api/upload_form.hpp"

namespace pixelvault::api {

using domain::ErrorCode;
using domain::Result;
using http::MultipartParser;
using Part = services::BatchForm::Part;

namespace {

constexpr std::array<std::string_view, 4> kFileParts = {"file", "files", "file[]", "files[]"};

bool is_file_part(std::string_view name) {
  return std::ranges::find(kFileParts, name) != kFileParts.end();
}

Result<Part> make_field(std::string name, std::string value) {
  if (name == "metadata") {
    auto metadata = normalize_metadata(value);
    if (!metadata) return std::unexpected(std::move(metadata.error()));
    value = *std::move(metadata);
  }
  return services::BatchForm::Shared{.name = std::move(name), .value = std::move(value)};
}

}  // namespace

base::task<Result<MultipartParser::Event>> MultipartBatchForm::pull() {
  for (;;) {
    auto event = parser_.next();
    if (const auto* malformed = std::get_if<MultipartParser::Malformed>(&event)) {
      co_return domain::fail({.code = ErrorCode::InvalidMultipart, .message = malformed->message});
    }
    if (!std::holds_alternative<MultipartParser::NeedInput>(event)) co_return event;
    const auto chunk = co_await body_.read();
    if (!chunk) co_return std::unexpected(chunk.error());
    if (chunk->empty()) {
      parser_.end_input();
    } else {
      parser_.feed(*chunk);
    }
  }
}

base::task<Result<Part>> MultipartBatchForm::next() {
  if (std::exchange(file_begun_, false)) {
    in_data_ = true;
    co_return Data{};
  }
  auto event = co_await pull();
  if (!event) co_return std::unexpected(std::move(event.error()));
  auto* part = std::get_if<MultipartParser::PartBegin>(&*event);
  if (part == nullptr) co_return co_await finish();
  if (is_file_part(part->name) || part->filename) co_return begin_file(std::move(*part));
  co_return co_await read_field(std::move(part->name));
}

Result<Part> MultipartBatchForm::begin_file(MultipartParser::PartBegin part) {
  if (!is_file_part(part.name)) {
    return domain::fail(
        {.code = ErrorCode::NoFile,
         .message = "A file is in the form field '" + part.name + "': send all of them as 'files'.",
         .param = "files"});
  }
  file_begun_ = true;
  return Begin{.filename = std::move(part.filename).value_or("")};
}

base::task<Result<Part>> MultipartBatchForm::read_field(std::string name) {
  std::string value;
  for (;;) {
    auto event = co_await pull();
    if (!event) co_return std::unexpected(std::move(event.error()));
    const auto* data = std::get_if<MultipartParser::PartData>(&*event);
    if (data == nullptr) co_return make_field(std::move(name), std::move(value));
    value += base::as_text(data->bytes);
    if (value.size() > kMaxFieldBytes) {
      co_return domain::fail(
          {.code = ErrorCode::RequestTooLarge,
           .message = "The field " + name + " is longer than the 8192 bytes that a field may have.",
           .limit = kMaxFieldBytes});
    }
  }
}

base::task<Result<Part>> MultipartBatchForm::finish() {
  for (;;) {
    const auto chunk = co_await body_.read();
    if (!chunk) co_return std::unexpected(chunk.error());
    if (chunk->empty()) co_return End{};
  }
}

base::task<Result<base::ByteView>> MultipartBatchForm::read() {
  if (!in_data_) co_return base::ByteView{};
  auto event = co_await pull();
  if (!event) co_return std::unexpected(std::move(event.error()));
  if (const auto* data = std::get_if<MultipartParser::PartData>(&*event)) co_return data->bytes;
  in_data_ = false;
  co_return base::ByteView{};
}

}  // namespace pixelvault::api
