#include "http/message.hpp"

#include <utility>

#include "http/field.hpp"

namespace pixelvault::http {
std::string_view to_string(Method method) {
  switch (method) {
    case Method::Get:
      return "GET";
    case Method::Head:
      return "HEAD";
    case Method::Post:
      return "POST";
    case Method::Put:
      return "PUT";
    case Method::Patch:
      return "PATCH";
    case Method::Delete:
      return "DELETE";
    case Method::Options:
      return "OPTIONS";
    case Method::Other:
      return "OTHER";
  }
  std::unreachable();
}

std::optional<std::string> Request::header(std::string_view name) const {
  std::optional<std::string> joined;
  for (const auto& field : fields) {
    if (!equals_ignoring_case(field.name, name)) continue;
    if (joined) {
      joined->append(", ").append(field.value);
    } else {
      joined = field.value;
    }
  }
  return joined;
}

void Response::add(std::string name, std::string value) {
  fields.emplace_back(std::move(name), std::move(value));
}

std::optional<std::uint64_t> Response::content_length() const {
  if (const auto* text = std::get_if<std::string>(&body)) return text->size();
  return std::get<StreamedBody>(body).length;
}

}  // namespace pixelvault::http
