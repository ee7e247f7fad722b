#include "services/administration.hpp"

#include <utility>

#include "domain/email.hpp"
#include "domain/password.hpp"
#include "services/mint.hpp"

namespace pixelvault::services {

using domain::Account;
using domain::ErrorCode;
using domain::Result;

namespace {

std::unexpected<domain::Error> no_account(const std::string& email) {
  return domain::fail(
      {.code = ErrorCode::NotFound, .message = "No account has the address " + email + "."});
}

}  // namespace

Result<void> Administration::check_plan(const std::string& plan) const {
  if (plans_.find(plan) != nullptr) return {};
  std::string known;
  for (const auto& one : plans_.all()) known += (known.empty() ? "" : ", ") + one.name;
  return domain::fail({.code = ErrorCode::InvalidRequest,
                       .message = "There is no plan '" + plan + "': the plans are " + known + ".",
                       .param = "plan"});
}

base::task<Result<Account>> Administration::find(std::string email) {
  const auto address = domain::parse_email(email);
  if (!address) co_return std::unexpected(address.error());
  auto account = co_await use_.accounts.find_by_email(*address);
  if (!account) co_return no_account(*address);
  co_return *std::move(account);
}

base::task<std::vector<Account>> Administration::list_accounts(
    std::optional<domain::AccountId> after, std::uint32_t limit) {
  return use_.accounts.list(after, limit);
}

base::task<Result<AccountService::Registered>> Administration::create_account(NewAccount request) {
  if (request.plan) {
    const auto checked = check_plan(*request.plan);
    if (!checked) co_return std::unexpected(checked.error());
  }
  AccountService::NewAccount account{.email = std::move(request.email),
                                     .password = std::move(request.password),
                                     .plan = std::move(request.plan)};
  co_return co_await use_.registration.register_account(std::move(account));
}

base::task<Result<Account>> Administration::set_plan(std::string email, std::string plan) {
  const auto checked = check_plan(plan);
  if (!checked) co_return std::unexpected(checked.error());
  auto account = co_await find(std::move(email));
  if (!account) co_return account;
  const bool found = co_await use_.accounts.set_plan(account->id, plan);
  if (!found) co_return no_account(account->email);
  account->plan = std::move(plan);
  co_return account;
}

base::task<Result<Account>> Administration::set_password(std::string email, std::string password) {
  const auto checked = domain::check_password(password);
  if (!checked) co_return std::unexpected(checked.error());
  auto account = co_await find(std::move(email));
  if (!account) co_return account;
  account->password_hash = co_await use_.passwords.hash(std::move(password));
  const bool found = co_await use_.accounts.set_password_hash(account->id, account->password_hash);
  if (!found) co_return no_account(account->email);
  co_return account;
}

base::task<Result<std::uint32_t>> Administration::revoke_keys(std::string email) {
  const auto account = co_await find(std::move(email));
  if (!account) co_return std::unexpected(account.error());
  co_return co_await use_.keys.revoke_all(account->id, use_.clock.now());
}

base::task<std::string> Administration::rotate_link_key() {
  const auto key = mint_link_key(use_.clock.now(), use_.random);
  co_await use_.link_keys.add(key);
  co_return key.id;
}

}  // namespace pixelvault::services
