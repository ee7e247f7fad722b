#include "base/log_fields.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>

#include "base/json_text.hpp"

namespace pixelvault::base {

namespace {

/// A line end in a value must not begin a line of its own, nor a space a field.
char safe_in_text(char c) {
  const auto code = static_cast<unsigned char>(c);
  return code <= ' ' || code == 0x7f ? '?' : c;
}

void append_number(std::string& text, std::uint64_t number) {
  char digits[20];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
  text.append(std::begin(digits), end);
}

}  // namespace

void LogFields::add(std::string_view name, std::string_view value) {
  begin(name, false);
  put(value);
}

void LogFields::add(std::string_view name, std::uint64_t value) {
  begin(name, false);
  append_number(text_, value);
}

void LogFields::add_bare(std::string_view name, std::string_view value) {
  begin(name, true);
  put(value);
}

void LogFields::add_bare(std::string_view name, std::uint64_t value) {
  begin(name, true);
  append_number(text_, value);
}

void LogFields::begin(std::string_view name, bool bare) {
  if (!text_.empty()) text_ += format_ == LogFormat::Json ? ',' : ' ';
  if (format_ == LogFormat::Json) {
    text_.append(1, '"').append(name).append("\":");
  } else if (!bare) {
    text_.append(name) += '=';
  }
}

void LogFields::put(std::string_view value) {
  if (format_ == LogFormat::Json) {
    append_json_text(text_, value);
  } else {
    const auto start = static_cast<std::ptrdiff_t>(text_.size());
    text_.append(value);
    std::transform(text_.begin() + start, text_.end(), text_.begin() + start, safe_in_text);
  }
}

}  // namespace pixelvault::base
