#include "http/router.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace pixelvault::http {
namespace {

/// No pattern is longer, so that no longer path needs to be taken apart.
constexpr std::size_t kMostSegments = 8;

/// What stands between slashes. `count` is `kMostSegments + 1` of a path that has more.
struct Split {
  explicit Split(std::string_view path) {
    while (!path.empty() && count <= kMostSegments) {
      path.remove_prefix(1);
      const auto segment = path.substr(0, path.find('/'));
      path.remove_prefix(segment.size());
      if (count < kMostSegments) segments[count] = segment;
      ++count;
    }
  }
  bool fits() const { return count <= kMostSegments; }
  std::span<const std::string_view> view() const { return std::span(segments).first(count); }

  std::array<std::string_view, kMostSegments> segments;
  std::size_t count = 0;
};

bool answers(Method route, Method method) {
  return route == method || (route == Method::Get && method == Method::Head);
}

void allow(std::string& list, std::string_view method) {
  if (!list.empty()) list += ", ";
  list += method;
}

}  // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
  for (const auto& route : routes_) patterns_.push_back(parse_pattern(route.pattern));
}

Router::Pattern Router::parse_pattern(std::string_view pattern) {
  Pattern parsed;
  const Split split(pattern);
  if (!split.fits()) throw std::logic_error("routes: too long: " + std::string(pattern));
  for (const auto text : split.view()) {
    const auto colon = text.find(':');
    const bool named = colon != text.npos;
    parsed.segments.push_back({.text = text.substr(0, colon), .named = named});
    if (named) ++parsed.names;
  }
  return parsed;
}

bool Router::matches(const Pattern& pattern, PathSegments path) {
  const auto is_one = [](const Segment& wanted, std::string_view segment) {
    if (!wanted.named) return wanted.text == segment;
    return !segment.empty() && segment.starts_with(wanted.text);
  };
  return std::ranges::equal(pattern.segments, path, is_one);
}

PathValues Router::values_of(const Pattern& pattern, PathSegments path) {
  PathValues values;
  values.reserve(pattern.names);
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (pattern.segments[i].named) values.push_back(path[i]);
  }
  return values;
}

std::variant<Router::Match, Router::NoSuchPath, Router::NoSuchMethod> Router::find(
    Method method, std::string_view path) const {
  const Split split(path);
  if (!split.fits()) return NoSuchPath{};
  const auto fewest = fewest_names(split.view());
  if (!fewest) return NoSuchPath{};
  std::string allowed;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    const auto& pattern = patterns_[i];
    if (pattern.names != *fewest || !matches(pattern, split.view())) continue;
    const auto& route = routes_[i];
    if (answers(route.method, method)) {
      return Match{&route.handler, values_of(pattern, split.view()), i};
    }
    allow(allowed, to_string(route.method));
    if (route.method == Method::Get) allow(allowed, "HEAD");
  }
  return NoSuchMethod{std::move(allowed)};
}

// `/v1/images/batch` is no image with the id `batch`: of the patterns that match, those count that
// name most of the path.
std::optional<std::size_t> Router::fewest_names(PathSegments path) const {
  std::optional<std::size_t> fewest;
  for (const auto& pattern : patterns_) {
    if (!matches(pattern, path)) continue;
    fewest = std::min(fewest.value_or(pattern.names), pattern.names);
  }
  return fewest;
}

}  // namespace pixelvault::http
