#include "services/authentication.hpp"

#include "domain/api_key.hpp"

namespace pixelvault::services {
namespace {

std::unexpected<domain::Error> unauthorized(std::string message) {
  return domain::fail({.code = domain::ErrorCode::Unauthorized, .message = std::move(message)});
}

}  // namespace

base::task<domain::Result<domain::Caller>> Authentication::authenticate(
    std::optional<std::string> credential) {
  if (!credential) {
    co_return unauthorized(
        "This call needs an API key: send it as 'Authorization: Bearer pv_live_…'.");
  }
  const auto key = domain::ApiKey::parse(*credential);
  if (!key) {
    co_return unauthorized(
        "This is not a complete API key: copy it again, without a character lost or changed.");
  }
  auto caller = co_await accounts_.find_caller(key->hash());
  if (!caller)
    co_return unauthorized(
        "This API key is unknown or revoked: use another one, or register again.");
  co_return *std::move(caller);
}

}  // namespace pixelvault::services
