#include "api/accounts.hpp"

#include <boost/json.hpp>
#include <utility>

#include "api/json_body.hpp"

namespace pixelvault::api {

namespace json = boost::json;
using domain::Result;
using services::AccountService;

namespace {

Result<AccountService::NewAccount> read_new_account(const json::object& body) {
  auto email = optional_text(body, "email");
  if (!email) return std::unexpected(std::move(email.error()));
  auto password = optional_text(body, "password");
  if (!password) return std::unexpected(std::move(password.error()));
  const auto& address = *email;
  if (!address) {
    return domain::fail(
        {.code = domain::ErrorCode::InvalidRequest,
         .message = "The field email is missing: send {\"email\": \"you@example.com\"}.",
         .param = "email"});
  }
  return AccountService::NewAccount{.email = *address, .password = *std::move(password)};
}

json::object encode(const AccountService::Registered& registered) {
  const auto& [account, project, api_key] = registered;
  json::object default_project{
      {"id", project.id.to_string()}, {"name", project.name}, {"api_keys", {{"live", api_key}}}};
  json::object data{{"account_id", account.id.to_string()},
                    {"email", account.email},
                    {"email_verified", false},
                    {"password_set", !account.password_hash.empty()},
                    {"plan", account.plan},
                    {"default_project", std::move(default_project)}};
  return {{"api_key", api_key}, {"data", std::move(data)}};
}

}  // namespace

base::task<Result<http::Response>> AccountsApi::register_account(http::Request& request,
                                                                 http::PathValues) {
  const auto body = co_await read_json(request);
  if (!body) co_return std::unexpected(body.error());
  auto fields = read_new_account(*body);
  if (!fields) co_return std::unexpected(std::move(fields.error()));
  const auto registered = co_await accounts_.register_account(*std::move(fields));
  if (!registered) co_return std::unexpected(registered.error());
  co_return json_response(201, encode(*registered));
}

}  // namespace pixelvault::api
