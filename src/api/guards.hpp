// What stands between a route and its handler: nobody, or the check of a credential and of the rate
// limit of its key. A guard answers before a byte of the body is read. Whatever a keyed request is
// answered, errors too, carries RateLimit-* fields. Used by the route table; any thread.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "api/problem.hpp"
#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "http/router.hpp"
#include "services/authentication.hpp"
#include "services/key_uses.hpp"
#include "services/rate_limiter.hpp"

namespace pixelvault::api {

using Answer = base::task<domain::Result<http::Response>>;

template <class Api>
using OpenHandler = Answer (Api::*)(http::Request&, http::PathValues);
template <class Api>
using KeyHandler = Answer (Api::*)(domain::Caller, http::Request&, http::PathValues);
template <class Api>
using SessionHandler = Answer (Api::*)(domain::SessionCaller, http::Request&, http::PathValues);
template <class Api>
using AnyHandler = Answer (Api::*)(domain::AnyCaller, http::Request&, http::PathValues);

/// What the guards ask; all of it outlives the routes.
struct Gate {
  services::Authentication& authentication;
  services::RateLimiter& limits;
  services::KeyUses& uses;
};

/// What followed `Bearer` in the Authorization header.
std::optional<std::string> bearer_credential(const http::Request& request);

/// What came of a request at the gate.
struct Admission {
  domain::Result<domain::AnyCaller> caller;           ///< or why it is refused
  std::optional<services::RateLimiter::Taken> taken;  ///< of the limit of a key
};

/// Notes whose request it is, for the log.
base::task<Admission> admit(Gate gate, http::Request& request);

/// The caller as what the route wants; Forbidden when it is of the other kind, or a key without the
/// scope.
domain::Result<domain::Caller> as_key(domain::Result<domain::AnyCaller> caller,
                                      domain::Scope scope);
domain::Result<domain::SessionCaller> as_session(domain::Result<domain::AnyCaller> caller);

/// The handler's result as a response, whatever it throws.
base::task<http::Response> respond(const http::Request& request, Answer answer);

/// Runs the handler for an admitted caller, or answers why it is not one.
template <class Caller, class Api>
base::task<http::Response> serve(domain::Result<Caller> caller, Api& api,
                                 Answer (Api::*handler)(Caller, http::Request&, http::PathValues),
                                 http::Request& request, http::PathValues path) {
  if (!caller) co_return problem(caller.error(), request.request_id);
  co_return co_await respond(request, (api.*handler)(*std::move(caller), request, std::move(path)));
}

/// The response with the RateLimit-* fields of what was taken.
http::Response with_limit(http::Response response,
                          const std::optional<services::RateLimiter::Taken>& taken);

template <class Api>
http::Handler anyone(Api& api, OpenHandler<Api> handler) {
  return [&api, handler](http::Request& request, http::PathValues path) {
    return respond(request, (api.*handler)(request, std::move(path)));
  };
}

template <class Api>
base::task<http::Response> check_key(Gate gate, domain::Scope scope, Api& api,
                                     KeyHandler<Api> handler, http::Request& request,
                                     http::PathValues path) {
  auto admission = co_await admit(gate, request);
  auto caller = as_key(std::move(admission.caller), scope);
  auto response = co_await serve(std::move(caller), api, handler, request, std::move(path));
  co_return with_limit(std::move(response), admission.taken);
}

template <class Api>
base::task<http::Response> check_session(Gate gate, Api& api, SessionHandler<Api> handler,
                                         http::Request& request, http::PathValues path) {
  auto admission = co_await admit(gate, request);
  auto caller = as_session(std::move(admission.caller));
  auto response = co_await serve(std::move(caller), api, handler, request, std::move(path));
  co_return with_limit(std::move(response), admission.taken);
}

template <class Api>
base::task<http::Response> check_any(Gate gate, Api& api, AnyHandler<Api> handler,
                                     http::Request& request, http::PathValues path) {
  auto admission = co_await admit(gate, request);
  auto response =
      co_await serve(std::move(admission.caller), api, handler, request, std::move(path));
  co_return with_limit(std::move(response), admission.taken);
}

/// API keys that have `scope`.
template <class Api>
http::Handler with_key(Gate gate, domain::Scope scope, Api& api, KeyHandler<Api> handler) {
  return [gate, scope, &api, handler](http::Request& request, http::PathValues path) {
    return check_key(gate, scope, api, handler, request, std::move(path));
  };
}

/// Sessions only.
template <class Api>
http::Handler with_session(Gate gate, Api& api, SessionHandler<Api> handler) {
  return [gate, &api, handler](http::Request& request, http::PathValues path) {
    return check_session(gate, api, handler, request, std::move(path));
  };
}

/// API keys and sessions; what a key may do is checked by the service.
template <class Api>
http::Handler with_any(Gate gate, Api& api, AnyHandler<Api> handler) {
  return [gate, &api, handler](http::Request& request, http::PathValues path) {
    return check_any(gate, api, handler, request, std::move(path));
  };
}

}  // namespace pixelvault::api
