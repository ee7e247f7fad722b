#include "http/field.hpp"

#include <algorithm>
#include <utility>

namespace pixelvault::http {
namespace {

constexpr std::string_view kWhiteSpace = " \t";

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr bool is_token_character(char c) {
  return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
         std::string_view("!#$%&'*+-.^_`|~").contains(c);
}

constexpr bool ends_bare_value(char c) {
  return std::string_view("; \t\"").contains(c) || static_cast<unsigned char>(c) < 0x20;
}

/// Takes a quoted string, of which `text` begins with the opening quote.
std::optional<std::string> take_quoted(std::string_view& text) {
  std::string value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return value;
    }
    const auto pair = text.substr(i, 2);
    if (pair == "\\\"" || pair == "\\\\") ++i;
    value += text[i];
  }
  return std::nullopt;
}

std::optional<std::string> take_bare(std::string_view& text) {
  const auto end = std::ranges::find_if(text, ends_bare_value);
  const auto length = static_cast<std::size_t>(end - text.begin());
  if (length == 0) return std::nullopt;
  std::string value(text.substr(0, length));
  text.remove_prefix(length);
  return value;
}

std::optional<Parameter> take_parameter(std::string_view& text) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos || !is_token(text.substr(0, equals))) return std::nullopt;
  auto name = to_lower(text.substr(0, equals));
  text.remove_prefix(equals + 1);
  auto value = text.starts_with('"') ? take_quoted(text) : take_bare(text);
  if (!value) return std::nullopt;
  return Parameter{.name = std::move(name), .value = std::move(*value)};
}

}  // namespace

std::string_view trim(std::string_view text) {
  const auto begin = text.find_first_not_of(kWhiteSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kWhiteSpace) - begin + 1);
}

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_token_character);
}

std::string to_lower(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(), lower);
  return lowered;
}

bool equals_ignoring_case(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, lower, lower);
}

ParameterisedValue split_parameters(std::string_view field_value) {
  const auto semicolon = std::min(field_value.find(';'), field_value.size());
  return {.value = trim(field_value.substr(0, semicolon)),
          .parameters = field_value.substr(semicolon)};
}

std::optional<std::vector<Parameter>> parse_parameters(std::string_view text) {
  std::vector<Parameter> parameters;
  for (text = trim(text); !text.empty(); text = trim(text)) {
    if (text.front() != ';') return std::nullopt;
    text = trim(text.substr(1));
    if (text.empty() || text.front() == ';') continue;
    auto parameter = take_parameter(text);
    if (!parameter || parameters.size() == kMaxParameters) return std::nullopt;
    if (find_parameter(parameters, parameter->name) != nullptr) return std::nullopt;
    parameters.push_back(std::move(*parameter));
  }
  return parameters;
}

const std::string* find_parameter(const std::vector<Parameter>& parameters, std::string_view name) {
  const auto found = std::ranges::find(parameters, name, &Parameter::name);
  return found == parameters.end() ? nullptr : &found->value;
}

std::string media_type_essence(std::string_view content_type) {
  const auto essence = split_parameters(content_type).value;
  const auto slash = std::min(essence.find('/'), essence.size());
  const bool whole = is_token(essence.substr(0, slash)) && slash < essence.size() &&
                     is_token(essence.substr(slash + 1));
  return whole ? to_lower(essence) : std::string();
}

}  // namespace pixelvault::http
