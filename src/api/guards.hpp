// What stands between a route and its handler: nobody, or the check of a key. A guard answers
// before a byte of the body is read.
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

namespace pixelvault::api {

using Answer = base::task<domain::Result<http::Response>>;

template <class Api>
using OpenHandler = Answer (Api::*)(http::Request&, http::PathValues);
template <class Api>
using KeyHandler = Answer (Api::*)(domain::Caller, http::Request&, http::PathValues);

/// What followed `Bearer` in the Authorization header.
std::optional<std::string> bearer_credential(const http::Request& request);

/// The handler's result as a response.
base::task<http::Response> respond(const http::Request& request, Answer answer);

template <class Api>
http::Handler anyone(Api& api, OpenHandler<Api> handler) {
  return [&api, handler](http::Request& request, http::PathValues path) {
    return respond(request, (api.*handler)(request, std::move(path)));
  };
}

template <class Api>
Answer check_key(services::Authentication& authentication, Api& api, KeyHandler<Api> handler,
                 http::Request& request, http::PathValues path) {
  auto caller = co_await authentication.authenticate(bearer_credential(request));
  if (!caller) co_return std::unexpected(std::move(caller.error()));
  co_return co_await (api.*handler)(*std::move(caller), request, std::move(path));
}

template <class Api>
http::Handler with_key(services::Authentication& authentication, Api& api,
                       KeyHandler<Api> handler) {
  return [&authentication, &api, handler](http::Request& request, http::PathValues path) {
    return respond(request, check_key(authentication, api, handler, request, std::move(path)));
  };
}

}  // namespace pixelvault::api
