#include "http/router.hpp"

#include <optional>
#include <utility>

namespace pixelvault::http {
namespace {

/// Takes the first segment off `path`, with the slash before it.
std::string_view take_segment(std::string_view& path) {
  path.remove_prefix(1);
  const auto segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

bool match_segment(std::string_view pattern, std::string_view segment, PathValues& values) {
  const auto colon = pattern.find(':');
  if (colon == std::string_view::npos) return pattern == segment;
  if (segment.empty() || !segment.starts_with(pattern.substr(0, colon))) return false;
  values.push_back(segment);
  return true;
}

std::optional<PathValues> match(std::string_view pattern, std::string_view path) {
  PathValues values;
  while (!pattern.empty() && !path.empty()) {
    const auto wanted = take_segment(pattern);
    const auto segment = take_segment(path);
    if (!match_segment(wanted, segment, values)) return std::nullopt;
  }
  if (!pattern.empty() || !path.empty()) return std::nullopt;
  return values;
}

bool answers(Method route, Method method) {
  return route == method || (route == Method::Get && method == Method::Head);
}

void allow(std::string& list, std::string_view method) {
  if (!list.empty()) list += ", ";
  list += method;
}

}  // namespace

std::variant<Router::Match, Router::NoSuchPath, Router::NoSuchMethod> Router::find(
    Method method, std::string_view path) const {
  const auto values = match_best(path);
  if (!values) return NoSuchPath{};
  std::string allowed;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    const auto& route = routes_[i];
    auto own = match(route.pattern, path);
    if (!own || own->size() != values->size()) continue;
    if (answers(route.method, method)) return Match{&route.handler, *std::move(own), i};
    allow(allowed, to_string(route.method));
    if (route.method == Method::Get) allow(allowed, "HEAD");
  }
  return NoSuchMethod{std::move(allowed)};
}

// `/v1/images/batch` is no image with the id `batch`: of the patterns that match, those count that
// name most of the path.
std::optional<PathValues> Router::match_best(std::string_view path) const {
  std::optional<PathValues> best;
  for (const auto& route : routes_) {
    auto values = match(route.pattern, path);
    if (values && (!best || values->size() < best->size())) best = std::move(values);
  }
  return best;
}

}  // namespace pixelvault::http
