// What is counted of every request: how many by route and status, how long they took, the bytes of
// their bodies. Made by the pipeline from its routes, so that a path can never become a label. Any
// thread may call; a request costs some atomic additions.
#pragma once

#include <array>
#include <deque>
#include <string>
#include <vector>

#include "base/metrics.hpp"
#include "http/application.hpp"
#include "http/router.hpp"

namespace pixelvault::api {

class RequestMetrics {
 public:
  explicit RequestMetrics(const std::vector<http::Route>& routes);

  /// Held as long as the request lasts.
  base::GaugeHold begin() { return base::GaugeHold(in_flight_); }
  void count(const http::Exchange& exchange) noexcept;

 private:
  static constexpr std::size_t kStatuses = 600;

  struct Route {
    Route(std::string method, std::string pattern);
    std::array<base::Counter, 5> by_class;  // 1xx to 5xx
    base::Histogram seconds;
  };

  Route& route_of(const http::Exchange& exchange);
  base::Counter& status_of(unsigned status);

  std::deque<Route> routes_;  // as the router's, then those below
  Route no_route_{"-", "unmatched"};
  Route no_request_{"-", "malformed"};
  std::deque<base::Counter> statuses_;
  std::array<base::Counter*, kStatuses> by_status_{};  // of those that have one of their own
  base::Counter other_status_;
  base::Gauge in_flight_;
  base::Counter received_;
  base::Counter sent_;
  base::Counter cut_;
};

}  // namespace pixelvault::api
