// The table of routes, from which 404 and 405 fall out. Immutable after construction; any thread
// may ask.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
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
  explicit Router(std::vector<Route> routes) : routes_(std::move(routes)) {}

  const std::vector<Route>& routes() const { return routes_; }
  std::variant<Match, NoSuchPath, NoSuchMethod> find(Method method, std::string_view path) const;

 private:
  std::optional<PathValues> match_best(std::string_view path) const;

  std::vector<Route> routes_;
};

}  // namespace pixelvault::http
