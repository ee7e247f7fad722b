// The table of routes, from which 404 and 405 fall out. Immutable after construction; any thread
// may ask.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/task.hpp"
#include "http/message.hpp"

namespace pixelvault::http {

/// The values of a pattern's `:names`, in their order.
using PathValues = std::vector<std::string_view>;

using Handler = std::function<base::task<Response>(Request&, PathValues)>;

struct Route {
  Method method;
  /// Segments are literal, or `prefix:name`, which takes one whole segment that begins with the
  /// prefix.
  std::string_view pattern;
  Handler handler;
};

class Router {
 public:
  struct Match {
    const Handler* handler;
    PathValues values;  ///< views into the path that was asked for
    std::size_t route;  ///< which of `routes()` it is
  };
  struct NoSuchPath {};
  struct NoSuchMethod {
    std::string allow;  ///< the value of the Allow header
  };

  /// A pattern with fewer names wins, whatever its methods; a GET route answers HEAD too.
  explicit Router(std::vector<Route> routes);

  const std::vector<Route>& routes() const { return routes_; }
  std::variant<Match, NoSuchPath, NoSuchMethod> find(Method method, std::string_view path) const;

 private:
  struct Segment {
    std::string_view text;  ///< all of it, or what stands before a name
    bool named = false;
  };
  /// A route's pattern, taken apart once.
  struct Pattern {
    std::vector<Segment> segments;
    std::size_t names = 0;
  };
  using PathSegments = std::span<const std::string_view>;

  static Pattern parse_pattern(std::string_view pattern);
  static bool matches(const Pattern& pattern, PathSegments path);
  static PathValues values_of(const Pattern& pattern, PathSegments path);
  std::optional<std::size_t> fewest_names(PathSegments path) const;

  std::vector<Route> routes_;
  std::vector<Pattern> patterns_;  // of the routes, in their order
};

}  // namespace pixelvault::http
