#include "api/json_batch_handler.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "api/json_batch_fields.hpp"
#include "api/metadata.hpp"

namespace pixelvault::api {

namespace json = boost::json;
using domain::ErrorCode;
using services::BatchForm;

namespace {

domain::Error invalid(std::string param, std::string message) {
  return {
      .code = ErrorCode::InvalidRequest, .message = std::move(message), .param = std::move(param)};
}

constexpr const char* kNotBase64 =
    "The data of this image is not base64: encode it as RFC 4648 §4 says.";

}  // namespace

bool JsonBatchHandler::on_object_begin(Code& code) {
  const auto nested = place_of_object();
  if (nested == Place::Ignored) refuse_nested();
  begin_nested(nested);
  return go_on(code);
}

bool JsonBatchHandler::on_array_begin(Code& code) {
  const auto nested = place_of_array();
  if (nested == Place::Ignored) refuse_nested();
  begin_nested(nested);
  return go_on(code);
}

JsonBatchHandler::Place JsonBatchHandler::place_of_object() {
  switch (place()) {
    case Place::Document:
      return Place::Root;
    case Place::Images:
      return Place::Image;
    case Place::Root:
      if (key_ == "collection") return Place::Collection;
      [[fallthrough]];
    case Place::Collection:
    case Place::Image:
      return key_ == "metadata" ? Place::Metadata : Place::Ignored;
    case Place::Metadata:
    case Place::Ignored:
      return Place::Ignored;
  }
  std::unreachable();
}

JsonBatchHandler::Place JsonBatchHandler::place_of_array() {
  return place() == Place::Root && key_ == "images" ? Place::Images : Place::Ignored;
}

void JsonBatchHandler::begin_nested(Place nested) {
  if (nested == Place::Image) {
    emit(BatchForm::Begin{});
    has_data_ = false;
  }
  if (nested == Place::Metadata) {
    metadata_.clear();
    metadata_bytes_ = 0;
    metadata_good_ = true;
  }
  places_.push_back(nested);
}

/// An object or array where none is expected: passed over under names that nobody knows.
void JsonBatchHandler::refuse_nested() {
  switch (place()) {
    case Place::Document:
    case Place::Images:
      return take_scalar({});
    case Place::Metadata:
      metadata_good_ = false;
      return;
    case Place::Ignored:
      return;
    case Place::Root:
      if (key_ == "images") return take_scalar({});
      [[fallthrough]];
    case Place::Collection:
    case Place::Image:
      if (key_ == "metadata") return refuse_field("an object of texts");
      if (is_text_field(key_)) return refuse_field("a text");
      if (in_image() && is_data_field(key_)) return refuse_field("a text of base64");
      return;
  }
}

bool JsonBatchHandler::on_object_end(std::size_t, Code& code) {
  const auto ended = place();
  if (ended == Place::Metadata) key_ = "metadata";
  places_.pop_back();
  if (ended == Place::Metadata) end_metadata();
  return go_on(code);
}

bool JsonBatchHandler::on_array_end(std::size_t, Code&) {
  places_.pop_back();
  return true;
}

bool JsonBatchHandler::on_key_part(Text part, std::size_t, Code&) {
  if (!std::exchange(key_open_, true)) key_.clear();
  append_bounded(key_, {part.data(), part.size()});
  return true;
}

bool JsonBatchHandler::on_key(Text part, std::size_t size, Code& code) {
  on_key_part(part, size, code);
  key_open_ = false;
  return true;
}

bool JsonBatchHandler::on_string_part(Text part, std::size_t, Code& code) {
  take_string({part.data(), part.size()});
  return go_on(code);
}

bool JsonBatchHandler::on_string(Text part, std::size_t, Code& code) {
  take_string({part.data(), part.size()});
  end_string();
  return go_on(code);
}

JsonBatchHandler::Use JsonBatchHandler::use_of_string() {
  switch (place()) {
    case Place::Metadata:
      return Use::Metadata;
    case Place::Ignored:
      return Use::Ignored;
    case Place::Image:
      if (is_data_field(key_)) return Use::Data;
      break;
    default:
      break;
  }
  const bool kept = is_text_field(key_) || key_ == "metadata" || key_ == "images";
  const bool misplaced = place() == Place::Document || place() == Place::Images;
  return kept || misplaced ? Use::Field : Use::Ignored;
}

void JsonBatchHandler::take_string(std::string_view part) {
  if (!string_) {
    string_ = use_of_string();
    text_.clear();
    if (*string_ == Use::Data) {
      if (std::exchange(has_data_, true)) {
        refuse(invalid(key_, "An image has its data once: leave one of the fields out."));
        string_ = Use::Ignored;
      } else {
        base64_ = {};
        emit(BatchForm::Data{});
      }
    }
  }
  if (*string_ == Use::Data) decode(part);
  if (*string_ == Use::Field || *string_ == Use::Metadata) append_bounded(text_, part);
}

void JsonBatchHandler::end_string() {
  // NOLINTNEXTLINE(bugprone-unchecked-optional-access): the parser begins what it ends
  switch (*std::exchange(string_, std::nullopt)) {
    case Use::Ignored:
      return;
    case Use::Data:
      return end_data();
    case Use::Field:
      return take_scalar(std::move(text_));
    case Use::Metadata:
      return add_metadata(text_);
  }
}

void JsonBatchHandler::decode(std::string_view part) {
  std::string bytes;
  bytes.reserve(part.size() / 4 * 3 + 3);
  base64_.feed(part, bytes);
  if (!bytes.empty()) events_.emplace_back(BatchBytes{std::move(bytes)});
}

void JsonBatchHandler::end_data() {
  std::string bytes;
  const bool whole = base64_.finish(bytes);
  if (!bytes.empty()) events_.emplace_back(BatchBytes{std::move(bytes)});
  events_.emplace_back(BatchDataEnd{});
  if (!whole) refuse(invalid("data", kNotBase64));
}

bool JsonBatchHandler::on_int64(std::int64_t value, Text, Code& code) {
  take_scalar(std::to_string(value));
  return go_on(code);
}

bool JsonBatchHandler::on_uint64(std::uint64_t value, Text, Code& code) {
  take_scalar(std::to_string(value));
  return go_on(code);
}

bool JsonBatchHandler::on_double(double value, Text, Code& code) {
  take_scalar(number_text(value));
  return go_on(code);
}

bool JsonBatchHandler::on_bool(bool value, Code& code) {
  take_scalar(value ? "true" : "false");
  return go_on(code);
}

/// A field that is null is one that is absent.
bool JsonBatchHandler::on_null(Code& code) {
  if (place() == Place::Metadata) metadata_good_ = false;
  if (place() == Place::Document || place() == Place::Images) take_scalar({});
  return go_on(code);
}

void JsonBatchHandler::take_scalar(std::string value) {
  switch (place()) {
    case Place::Document:
      return refuse({.code = ErrorCode::InvalidJson,
                     .message = "The body must be a JSON object with an array 'images'."});
    case Place::Images:
      emit(BatchForm::Begin{});
      return emit(BatchForm::Flaw{
          invalid("images", "Every image must be an object with its base64 in 'data'.")});
    case Place::Metadata:
      metadata_good_ = false;
      return;
    case Place::Ignored:
      return;
    case Place::Root:
      if (key_ == "images") return refuse_field("an array");
      [[fallthrough]];
    case Place::Collection:
    case Place::Image:
      return give_field(std::move(value));
  }
}

void JsonBatchHandler::give_field(std::string value) {
  if (in_image() && is_data_field(key_)) return refuse_field("a text of base64");
  const bool is_metadata = key_ == "metadata";
  if (!is_metadata && !is_text_field(key_)) return;
  if (value.size() > kMaxBatchText) {
    auto error = invalid(key_, "The field " + key_ + " is longer than 8192 bytes.");
    error.limit = kMaxBatchText;
    return refuse(std::move(error));
  }
  if (is_metadata) return give_metadata(value);
  if (in_image()) return emit(BatchForm::Own{.name = key_, .value = std::move(value)});
  const bool nested = place() == Place::Collection;
  if (key_ == (nested ? "collection" : "name")) return;  // means nothing there
  emit(BatchForm::Shared{.name = key_ == "name" ? "collection" : key_, .value = std::move(value)});
}

void JsonBatchHandler::give_metadata(std::string_view text) {
  auto shortest = normalize_metadata(text);
  if (!shortest) return refuse(std::move(shortest.error()));
  if (in_image()) return emit(BatchForm::Own{.name = "metadata", .value = *std::move(shortest)});
  emit(BatchForm::Shared{.name = "metadata", .value = *std::move(shortest)});
}

void JsonBatchHandler::add_metadata(std::string_view value) {
  metadata_bytes_ += key_.size() + value.size();
  // Above the limit nothing more is kept, and what there is is too long already.
  if (metadata_bytes_ > 2 * kMaxBatchText) return;
  metadata_[key_] = value;
}

void JsonBatchHandler::end_metadata() {
  if (!metadata_good_) return give_metadata("[]");  // says what metadata must be
  give_metadata(json::serialize(metadata_));
}

bool JsonBatchHandler::in_image() const {
  return std::ranges::find(places_, Place::Image) != places_.end();
}

void JsonBatchHandler::refuse(domain::Error error) {
  if (in_image()) return emit(BatchForm::Flaw{std::move(error)});
  if (!error_) error_ = std::move(error);
}

void JsonBatchHandler::refuse_field(const char* must_be) {
  refuse(invalid(key_, "The field " + key_ + " must be " + must_be + "."));
}

bool JsonBatchHandler::go_on(Code& code) const {
  if (error_) code = boost::system::errc::make_error_code(boost::system::errc::operation_canceled);
  return !error_;
}

}  // namespace pixelvault::api
