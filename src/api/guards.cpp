#include "api/guards.hpp"

#include <exception>

#include "api/failure.hpp"
#include "api/rate_limits.hpp"
#include "http/field.hpp"

namespace pixelvault::api {

using domain::Result;
using services::RateLimiter;

namespace {

std::unexpected<domain::Error> forbidden(std::string message) {
  return domain::fail({.code = domain::ErrorCode::Forbidden, .message = std::move(message)});
}

}  // namespace

std::optional<std::string> bearer_credential(const http::Request& request) {
  const auto header = request.header("Authorization");
  if (!header) return std::nullopt;
  const auto space = header->find(' ');
  // The scheme's case does not matter (RFC 9110 §11.1).
  if (!http::equals_ignoring_case(std::string_view(*header).substr(0, space), "Bearer"))
    return std::nullopt;
  if (space == std::string::npos) return std::nullopt;
  return std::string(http::trim(std::string_view(*header).substr(space)));
}

base::task<Admission> admit(Gate gate, http::Request& request) {
  auto caller = co_await gate.authentication.authenticate(bearer_credential(request));
  Admission admission{.caller = std::move(caller), .taken = std::nullopt};
  const auto* key = admission.caller ? std::get_if<domain::Caller>(&*admission.caller) : nullptr;
  if (key == nullptr) co_return admission;
  gate.uses.note(key->key);
  request.notes.add("project", key->project.to_string());
  admission.taken = gate.limits.take_request(key->key);
  if (admission.taken && !admission.taken->decision.allowed) {
    admission.caller = domain::fail(rate_limited(*admission.taken));
  }
  co_return admission;
}

Result<domain::Caller> as_key(Result<domain::AnyCaller> caller, domain::Scope scope) {
  if (!caller) return std::unexpected(std::move(caller.error()));
  auto* key = std::get_if<domain::Caller>(&*caller);
  if (key == nullptr) {
    return forbidden(
        "This call needs an API key (pv_live_… or pv_test_…): a session cannot make it.");
  }
  const auto allowed = services::require_scope(*key, scope);
  if (!allowed) return std::unexpected(allowed.error());
  return std::move(*key);
}

Result<domain::SessionCaller> as_session(Result<domain::AnyCaller> caller) {
  if (!caller) return std::unexpected(std::move(caller.error()));
  auto* session = std::get_if<domain::SessionCaller>(&*caller);
  if (session != nullptr) return std::move(*session);
  return forbidden(
      "This call needs a session: log in with POST /v1/auth/login and send its token (pv_sess_…) "
      "instead of an API key.");
}

base::task<http::Response> respond(const http::Request& request, Answer answer) {
  try {
    auto result = co_await std::move(answer);
    if (!result) co_return problem(result.error(), request.request_id);
    co_return *std::move(result);
  } catch (...) {
    // Here and not in the pipeline alone, so that a guard can add its fields to this answer too.
    co_return failure_response(std::current_exception(), request.request_id);
  }
}

http::Response with_limit(http::Response response, const std::optional<RateLimiter::Taken>& taken) {
  if (taken) add_limit_fields(response, *taken);
  return response;
}

}  // namespace pixelvault::api
