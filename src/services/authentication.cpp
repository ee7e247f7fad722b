#include "services/authentication.hpp"

#include <utility>

#include "domain/api_key.hpp"
#include "domain/session_token.hpp"

namespace pixelvault::services {

using domain::AnyCaller;

namespace {

std::unexpected<domain::Error> unauthorized(std::string message) {
  return domain::fail({.code = domain::ErrorCode::Unauthorized, .message = std::move(message)});
}

std::unexpected<domain::Error> unknown(bool is_key) {
  if (!is_key) return unauthorized("This session is over: log in again.");
  return unauthorized(
      "This API key is unknown, revoked or expired: use another one, or register again.");
}

}  // namespace

base::task<domain::Result<AnyCaller>> Authentication::authenticate(
    std::optional<std::string> credential) {
  if (!credential) {
    co_return unauthorized(
        "This call needs a credential: send an API key as 'Authorization: Bearer pv_live_…', or "
        "the "
        "token of a session in its place.");
  }
  const auto key = domain::ApiKey::parse(*credential);
  const auto token = domain::SessionToken::parse(*credential);
  if (!key && !token) {
    co_return unauthorized(
        "This is not a complete API key or session token: copy it again, without a character lost "
        "or changed.");
  }
  // Chosen before the call: within co_await, GCC 12 evaluates both sides of a conditional.
  const auto kind = key ? Kind::Key : Kind::Session;
  const auto hash = key ? key->hash() : token->hash();
  auto caller = co_await find(kind, hash);
  if (!caller) co_return unknown(key.has_value());
  co_return *std::move(caller);
}

base::task<std::optional<AnyCaller>> Authentication::find(Kind kind, base::Sha256 hash) {
  const auto now = use_.clock.now();
  if (auto known = cache_.find(hash, now)) co_return *std::move(known);
  const auto begun = cache_.begin();
  auto caller = co_await look_up(kind, hash, now);
  cache_.remember(hash, caller, now, begun);
  co_return caller;
}

base::task<std::optional<AnyCaller>> Authentication::look_up(Kind kind, base::Sha256 hash,
                                                             base::Timestamp now) {
  if (kind == Kind::Key) co_return co_await use_.keys.find_caller(hash, now);
  co_return co_await use_.accounts.find_session(hash, now);
}

base::task<bool> Authentication::is_open(domain::SessionCaller caller) {
  const auto found = co_await use_.accounts.find_session(caller.session, use_.clock.now());
  co_return found.has_value();
}

void Authentication::forget_session(const base::Sha256& hash) { cache_.forget(hash); }

void Authentication::forget_key(const domain::KeyId& key) {
  cache_.forget_if([&](const AnyCaller& caller) {
    const auto* known = std::get_if<domain::Caller>(&caller);
    return known != nullptr && known->key == key;
  });
}

void Authentication::forget_project(const domain::ProjectId& project) {
  cache_.forget_if([&](const AnyCaller& caller) {
    const auto* known = std::get_if<domain::Caller>(&caller);
    return known != nullptr && known->project == project;
  });
}

domain::Result<void> require_scope(const domain::Caller& caller, domain::Scope scope) {
  if (caller.scopes.has(scope)) return {};
  return domain::fail({.code = domain::ErrorCode::Forbidden,
                       .message = "This API key may not do this: it lacks the scope " +
                                  std::string(domain::scope_name(scope)) + "."});
}

}  // namespace pixelvault::services
