#include "services/accounts.hpp"

#include <utility>

#include "domain/email.hpp"
#include "domain/password.hpp"
#include "services/mint.hpp"

namespace pixelvault::services {

using domain::ErrorCode;

namespace {

struct Drafted {
  ports::Registration registration;
  std::string api_key;
};

Drafted draft(domain::Account account, ports::RandomSource& random) {
  const auto now = account.created_at;
  const auto key = mint_key(domain::Environment::Live, random);
  const domain::Project project{.id = mint_id<domain::ProjectId>(now, random),
                                .account = account.id,
                                .name = "Default",
                                .created_at = now};
  domain::StoredKey stored{.id = mint_id<domain::KeyId>(now, random),
                           .project = project.id,
                           .environment = key.environment(),
                           .hash = key.hash(),
                           .shown_prefix = key.shown_prefix(),
                           .created_at = now};
  return {
      .registration = {.account = std::move(account), .project = project, .key = std::move(stored)},
      .api_key = key.text()};
}

}  // namespace

base::task<domain::Result<AccountService::Registered>> AccountService::register_account(
    NewAccount request) {
  auto email = domain::parse_email(request.email);
  if (!email) co_return std::unexpected(email.error());
  std::string password_hash;
  if (request.password) {
    const auto checked = domain::check_password(*request.password);
    if (!checked) co_return std::unexpected(checked.error());
    // Before anything is looked up, so that a taken address answers no faster than a free one.
    password_hash = co_await use_.passwords.hash(*std::move(request.password));
  }

  const auto now = use_.clock.now();
  const auto [registration, api_key] =
      draft({.id = mint_id<domain::AccountId>(now, use_.random),
             .email = *std::move(email),
             .password_hash = std::move(password_hash),
             .plan = std::move(request.plan).value_or(default_plan_),
             .created_at = now},
            use_.random);
  const bool created = co_await use_.accounts.create(registration);
  if (!created) {
    co_return domain::fail(
        {.code = ErrorCode::EmailTaken,
         .message = "This email address has an account already: log in, or use another one.",
         .param = "email"});
  }
  co_return Registered{
      .account = registration.account, .project = registration.project, .api_key = api_key};
}

base::task<domain::Result<AccountService::Identity>> AccountService::identify(
    domain::AnyCaller caller) {
  const auto id = std::visit([](const auto& known) { return known.account; }, caller);
  auto account = co_await use_.accounts.find(id);
  std::optional<Identity> identity;
  if (account) {
    if (const auto* session = std::get_if<domain::SessionCaller>(&caller)) {
      identity = Identity{.account = *std::move(account), .credential = *session};
    } else {
      identity = co_await identify_key(*std::move(account), std::get<domain::Caller>(caller));
    }
  }
  if (!identity) {
    co_return domain::fail({.code = ErrorCode::Unauthorized,
                            .message = "This credential has just ended: use another one."});
  }
  co_return *std::move(identity);
}

base::task<std::optional<AccountService::Identity>> AccountService::identify_key(
    domain::Account account, domain::Caller caller) {
  auto key = co_await use_.keys.find(caller.project, caller.key);
  auto project = co_await use_.projects.find(caller.account, caller.project);
  if (!key || !project) co_return std::nullopt;
  co_return Identity{
      .account = std::move(account), .credential = *std::move(key), .project = std::move(project)};
}

}  // namespace pixelvault::services
