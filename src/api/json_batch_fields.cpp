#include "api/json_batch_fields.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cmath>
#include <cstdint>

namespace pixelvault::api {

namespace {

constexpr std::array<std::string_view, 5> kDataFields = {"data", "content", "base64", "data_base64",
                                                         "file"};
constexpr std::array<std::string_view, 9> kTextFields = {
    "name", "filename", "folder",    "visibility", "expires_in", "sign_expires_in",
    "url",  "describe", "collection"};

}  // namespace

bool is_data_field(std::string_view name) {
  return std::ranges::find(kDataFields, name) != kDataFields.end();
}

bool is_text_field(std::string_view name) {
  return std::ranges::find(kTextFields, name) != kTextFields.end();
}

void append_bounded(std::string& text, std::string_view part) {
  const auto room = kMaxBatchText + 1 - std::min(text.size(), kMaxBatchText + 1);
  text += part.substr(0, room);
}

std::string number_text(double value) {
  constexpr double kExact = 9e15;
  if (std::abs(value) < kExact && value == std::floor(value)) {
    return std::to_string(static_cast<std::int64_t>(value));
  }
  return boost::json::serialize(boost::json::value(value));
}

}  // namespace pixelvault::api
