#include "api/pipeline.hpp"

#include <exception>
#include <string>
#include <utility>
#include <variant>

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

/// A path as it can stand in a line of a log: a decoded line end in it must not begin a line of its
/// own.
std::string one_word(std::string_view text) {
  std::string safe(text);
  for (char& c : safe) {
    if (c <= ' ' || c == '\x7f') c = '?';
  }
  return safe;
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

base::task<http::Response> Pipeline::handle(http::Request& request) {
  http::Response response;
  try {
    response = co_await dispatch(request);
  } catch (...) {
    response = failure_response(std::current_exception(), request.request_id);
  }
  response.add("X-Request-Id", request.request_id);
  co_return response;
}

base::task<http::Response> Pipeline::dispatch(http::Request& request) {
  auto found = router_.find(request.method, request.target.path);
  if (auto* match = std::get_if<http::Router::Match>(&found)) {
    co_return co_await (*match->handler)(request, std::move(match->values));
  }
  if (auto* other = std::get_if<http::Router::NoSuchMethod>(&found)) {
    co_return no_such_method(request, std::move(other->allow));
  }
  co_return no_such_path(request);
}

http::Response Pipeline::refuse(const http::Refusal& refusal) {
  domain::Error error{.code = code_of(refusal.kind), .message = refusal.message};
  if (refusal.limit > 0) error.limit = refusal.limit;
  auto response = problem(error, refusal.request_id);
  response.add("X-Request-Id", refusal.request_id);
  return response;
}

void Pipeline::completed(const http::Exchange& exchange) {
  spdlog::info("{} {} {} in={} out={} us={} {}{}", exchange.method, one_word(exchange.path),
               exchange.status, exchange.body_bytes_read, exchange.body_bytes_sent,
               exchange.took.count(), exchange.request_id, exchange.complete ? "" : " cut");
}

}  // namespace pixelvault::api
