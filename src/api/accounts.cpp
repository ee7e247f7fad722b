#include "api/accounts.hpp"

#include <boost/json.hpp>
#include <optional>
#include <utility>

#include "api/account_view.hpp"
#include "api/client_address.hpp"
#include "api/json_body.hpp"
#include "api/rate_limits.hpp"
#include "domain/email.hpp"

namespace pixelvault::api {

namespace json = boost::json;
using domain::Result;
using services::AccountService;

namespace {

Result<AccountService::NewAccount> read_new_account(const json::object& body) {
  auto email = required_text(body, "email");
  if (!email) return std::unexpected(std::move(email.error()));
  auto password = optional_text(body, "password");
  if (!password) return std::unexpected(std::move(password.error()));
  return AccountService::NewAccount{.email = *std::move(email), .password = *std::move(password)};
}

struct Login {
  std::string email;
  std::string password;
};

Result<Login> read_login(const json::object& body) {
  const auto text = required_text(body, "email");
  if (!text) return std::unexpected(text.error());
  auto password = required_text(body, "password");
  if (!password) return std::unexpected(std::move(password.error()));
  auto email = domain::parse_email(*text);
  if (!email) return std::unexpected(std::move(email.error()));
  return Login{.email = *std::move(email), .password = *std::move(password)};
}

}  // namespace

base::task<Result<http::Response>> AccountsApi::register_account(http::Request& request,
                                                                 http::PathValues) {
  const auto taken = limits_.take_registration(client_address(request, proxies_));
  if (taken && !taken->decision.allowed) {
    co_return too_many_requests(*taken, request.request_id);
  }
  const auto body = co_await read_json(request);
  if (!body) co_return std::unexpected(body.error());
  auto fields = read_new_account(*body);
  if (!fields) co_return std::unexpected(std::move(fields.error()));
  const auto registered = co_await accounts_.register_account(*std::move(fields));
  if (!registered) co_return std::unexpected(registered.error());
  co_return json_response(201, registration_json(*registered));
}

base::task<Result<http::Response>> AccountsApi::log_in(http::Request& request, http::PathValues) {
  const auto taken = limits_.take_login(client_address(request, proxies_));
  if (taken && !taken->decision.allowed) {
    co_return too_many_requests(*taken, request.request_id);
  }
  const auto body = co_await read_json(request);
  if (!body) co_return std::unexpected(body.error());
  auto login = read_login(*body);
  if (!login) co_return std::unexpected(std::move(login.error()));
  // Counted whether or not the address is an account's, so that the limit does not tell.
  const auto attempt = limits_.take_account_login(login->email);
  if (attempt && !attempt->decision.allowed) {
    co_return too_many_requests(*attempt, request.request_id);
  }
  const auto opened =
      co_await sessions_.log_in(std::move(login->email), std::move(login->password));
  if (!opened) co_return std::unexpected(opened.error());
  co_return json_response(200, {{"data", session_json(*opened)}});
}

base::task<Result<http::Response>> AccountsApi::log_out(domain::SessionCaller caller,
                                                        http::Request&, http::PathValues) {
  co_await sessions_.log_out(std::move(caller));
  co_return json_response(200, {{"data", {{"logged_out", true}}}});
}

base::task<Result<http::Response>> AccountsApi::show(domain::AnyCaller caller, http::Request&,
                                                     http::PathValues) {
  const auto identity = co_await accounts_.identify(std::move(caller));
  if (!identity) co_return std::unexpected(identity.error());
  co_return json_response(200, {{"data", identity_json(*identity)}});
}

}  // namespace pixelvault::api
