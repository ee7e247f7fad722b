#include "api/request_metrics.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace pixelvault::api {

using base::MetricInfo;

namespace {

/// Every status that this server answers with; a test holds it against the errors.
constexpr auto kStatusCodes =
    std::to_array<unsigned>({200, 201, 202, 204, 206, 304, 400, 401, 402, 403, 404, 405, 408,
                             409, 410, 412, 413, 415, 416, 422, 429, 431, 500, 501, 503, 507});

MetricInfo of_class(const std::string& method, const std::string& pattern, const char* status) {
  return {.name = "pixelvault_http_requests_total",
          .help = "Requests that were answered, by route and class of status.",
          .labels = {{"method", method}, {"route", pattern}, {"status", status}}};
}

MetricInfo of_status(const std::string& status) {
  return {.name = "pixelvault_http_responses_total",
          .help = "Responses by status, over all routes.",
          .labels = {{"status", status}}};
}

}  // namespace

RequestMetrics::Route::Route(std::string method, std::string pattern)
    : by_class{base::Counter(of_class(method, pattern, "1xx")),
               base::Counter(of_class(method, pattern, "2xx")),
               base::Counter(of_class(method, pattern, "3xx")),
               base::Counter(of_class(method, pattern, "4xx")),
               base::Counter(of_class(method, pattern, "5xx"))},
      seconds({.name = "pixelvault_http_request_seconds",
               .help = "From the last byte of a request's header to the last byte of its "
                       "response, by route.",
               .labels = {{"method", std::move(method)}, {"route", std::move(pattern)}}},
              base::kDurations) {}

RequestMetrics::RequestMetrics(const std::vector<http::Route>& routes)
    : other_status_(of_status("other")),
      in_flight_({.name = "pixelvault_http_requests_in_flight",
                  .help = "Requests whose response is not over yet."}),
      received_({.name = "pixelvault_http_received_bytes_total",
                 .help = "Bytes of request bodies that were read."}),
      sent_({.name = "pixelvault_http_sent_bytes_total",
             .help = "Bytes of response bodies that were sent."}),
      cut_({.name = "pixelvault_http_responses_cut_total",
            .help = "Responses that did not go out whole: the client left, or a source failed."}) {
  for (const auto& route : routes) {
    routes_.emplace_back(std::string(http::to_string(route.method)), std::string(route.pattern));
  }
  for (const auto status : kStatusCodes) {
    by_status_.at(status) = &statuses_.emplace_back(of_status(std::to_string(status)));
  }
}

RequestMetrics::Route& RequestMetrics::route_of(const http::Exchange& exchange) {
  if (exchange.request == nullptr) return no_request_;
  const auto route = exchange.request->notes.route;
  return route < routes_.size() ? routes_[route] : no_route_;
}

base::Counter& RequestMetrics::status_of(unsigned status) {
  auto* own = status < kStatuses ? by_status_[status] : nullptr;
  return own != nullptr ? *own : other_status_;
}

void RequestMetrics::count(const http::Exchange& exchange) noexcept {
  auto& route = route_of(exchange);
  route.by_class[std::clamp(exchange.status / 100, 1U, 5U) - 1].add();
  route.seconds.observe(std::chrono::nanoseconds(exchange.took));
  status_of(exchange.status).add();
  if (exchange.body_bytes_read > 0) received_.add(exchange.body_bytes_read);
  if (exchange.body_bytes_sent > 0) sent_.add(exchange.body_bytes_sent);
  if (!exchange.complete) cut_.add();
}

}  // namespace pixelvault::api
