#include "api/pipeline.hpp"

#include <exception>
#include <string>
#include <utility>
#include <variant>

#include "api/access_log.hpp"
#include "api/failure.hpp"
#include "api/problem.hpp"
#include "base/log.hpp"

namespace pixelvault::api {

using domain::ErrorCode;

namespace {

ErrorCode code_of(http::Refusal::Kind kind) {
  switch (kind) {
    case http::Refusal::Kind::BadRequest:
      return ErrorCode::InvalidRequest;
    case http::Refusal::Kind::HeadersTooLarge:
      return ErrorCode::HeadersTooLarge;
    case http::Refusal::Kind::Timeout:
      return ErrorCode::RequestTimeout;
    case http::Refusal::Kind::Overloaded:
      return ErrorCode::Unavailable;
  }
  std::unreachable();
}

http::Response no_such_path(const http::Request& request) {
  return problem(
      {.code = ErrorCode::NotFound, .message = "There is nothing at this path: check the URL."},
      request.request_id);
}

http::Response no_such_method(const http::Request& request, std::string allow) {
  auto response =
      problem({.code = ErrorCode::MethodNotAllowed,
               .message = "This path does not take the method; it takes " + allow + "."},
              request.request_id);
  response.add("Allow", std::move(allow));
  return response;
}

}  // namespace

Pipeline::Pipeline(http::Router router, Options options)
    : router_(std::move(router)), options_(std::move(options)) {
  if (options_.metrics) metrics_.emplace(router_.routes());
}

std::optional<http::Response> Pipeline::answer_now(http::Request& request) {
  if (!options_.shortcut) return std::nullopt;
  std::optional<http::Response> response;
  try {
    response = options_.shortcut(request);
  } catch (...) {
    response = failure_response(std::current_exception(), request.request_id);
  }
  if (response && metrics_) request.notes.in_flight = metrics_->begin();
  return response;
}

base::task<http::Response> Pipeline::handle(http::Request& request) {
  if (metrics_) request.notes.in_flight = metrics_->begin();
  http::Response response;
  try {
    response = co_await dispatch(request);
  } catch (...) {
    response = failure_response(std::current_exception(), request.request_id);
  }
  co_return response;
}

base::task<http::Response> Pipeline::dispatch(http::Request& request) {
  auto found = router_.find(request.method, request.target.path);
  if (auto* match = std::get_if<http::Router::Match>(&found)) {
    request.notes.route = match->route;
    co_return co_await (*match->handler)(request, std::move(match->values));
  }
  if (auto* other = std::get_if<http::Router::NoSuchMethod>(&found)) {
    co_return no_such_method(request, std::move(other->allow));
  }
  co_return no_such_path(request);
}

std::string_view Pipeline::route_of(const http::Exchange& exchange) const {
  const auto& routes = router_.routes();
  const bool known = exchange.request != nullptr && exchange.request->notes.route < routes.size();
  return known ? routes[exchange.request->notes.route].pattern : "";
}

http::Response Pipeline::refuse(const http::Refusal& refusal) {
  domain::Error error{.code = code_of(refusal.kind), .message = refusal.message};
  if (refusal.limit > 0) error.limit = refusal.limit;
  return problem(error, refusal.request_id);
}

void Pipeline::completed(const http::Exchange& exchange) {
  if (metrics_) metrics_->count(exchange);
  if (!options_.access_log || !base::logs_info()) return;
  base::log_fields(access_line(exchange, route_of(exchange), base::log_format()));
}

}  // namespace pixelvault::api
