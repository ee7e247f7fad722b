#include "app/admin.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdio>

#include "app/password_prompt.hpp"
#include "app/run_blocking.hpp"
#include "app/workbench.hpp"
#include "app/world.hpp"
#include "services/accounts.hpp"
#include "services/administration.hpp"

namespace pixelvault::app {

namespace {

using domain::Result;

/// The records without a server around them.
struct Desk {
  explicit Desk(const Config& config)
      : records(config),
        plans(config.plans),
        registration({records.accounts, records.keys, records.projects, passwords, clock, random},
                     config.default_plan) {}

  Records records;
  const domain::Plans& plans;
  adapters::system::SystemClock clock;
  adapters::sodium::SodiumRandomSource random;
  adapters::sodium::SodiumPasswordHasher passwords{{}};
  services::AccountService registration;
  services::Administration administration{
      {registration, records.accounts, records.keys, records.link_keys, passwords, clock, random},
      plans};
};

int failed(const domain::Error& error) {
  fmt::print(stderr, "{}\n", error.message);
  return 1;
}

void print_account(const domain::Account& account, bool json) {
  const char* layout = json ? R"({{"id":"{}","plan":"{}","created_at":"{}","email":"{}"}})"
                              "\n"
                            : "{}  {:<10}  {}  {}\n";
  fmt::print(fmt::runtime(layout), account.id.to_string(), account.plan,
             base::to_rfc3339(account.created_at), account.email);
}

int list_accounts(Desk& desk, const AdminRequest& request) {
  constexpr std::uint32_t kPage = 500;
  std::optional<domain::AccountId> last;
  for (;;) {
    const auto accounts = run_blocking(desk.administration.list_accounts(last, kPage));
    for (const auto& account : accounts) print_account(account, request.json);
    if (accounts.size() < kPage) return 0;
    last = accounts.back().id;
  }
}

int create_account(Desk& desk, const AdminRequest& request) {
  services::Administration::NewAccount account{.email = request.email};
  if (!request.plan.empty()) account.plan = request.plan;
  if (request.with_password) account.password = ask_password();
  const auto created = run_blocking(desk.administration.create_account(std::move(account)));
  if (!created) return failed(created.error());
  fmt::print("{} has the plan {} and the project {}.\nIts key is shown here only: {}\n",
             created->account.email, created->account.plan, created->project.id.to_string(),
             created->api_key);
  return 0;
}

int set_plan(Desk& desk, const AdminRequest& request) {
  const auto account = run_blocking(desk.administration.set_plan(request.email, request.plan));
  if (!account) return failed(account.error());
  fmt::print("{} has the plan {} now.\n", account->email, account->plan);
  return 0;
}

int set_password(Desk& desk, const AdminRequest& request) {
  const auto account =
      run_blocking(desk.administration.set_password(request.email, ask_password()));
  if (!account) return failed(account.error());
  fmt::print("{} has a new password, and its logins have ended.\n", account->email);
  return 0;
}

int revoke_keys(Desk& desk, const AdminRequest& request) {
  const auto count = run_blocking(desk.administration.revoke_keys(request.email));
  if (!count) return failed(count.error());
  fmt::print("{} keys of {} are revoked.\n", *count, request.email);
  return 0;
}

int rotate_link_key(Desk& desk, const AdminRequest&) {
  const auto id = run_blocking(desk.administration.rotate_link_key());
  fmt::print("The key {} signs links from now on; links that are out stay good.\n", id);
  return 0;
}

struct Command {
  std::string_view name;
  int (*run)(Desk& desk, const AdminRequest& request);
};

constexpr std::array kCommands = {
    Command{"accounts", list_accounts},  Command{"create-account", create_account},
    Command{"set-plan", set_plan},       Command{"set-password", set_password},
    Command{"revoke-keys", revoke_keys}, Command{"rotate-link-key", rotate_link_key}};

}  // namespace

int administer(const Config& config, const AdminRequest& request) {
  require_database(config);
  Desk desk(config);
  for (const auto& command : kCommands) {
    if (command.name == request.command) return command.run(desk, request);
  }
  throw std::logic_error("an administration command without a function");
}

}  // namespace pixelvault::app
