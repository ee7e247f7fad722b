// Accounts, projects and keys over fakes that share their records, with the services around them.
// One test's own; not shared between threads.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "domain/plan.hpp"
#include "services/accounts.hpp"
#include "services/authentication.hpp"
#include "services/keys.hpp"
#include "services/projects.hpp"
#include "services/sessions.hpp"
#include "support/fake_account_store.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_image_store.hpp"
#include "support/fake_key_store.hpp"
#include "support/fake_password_hasher.hpp"
#include "support/fake_project_store.hpp"
#include "support/fake_random_source.hpp"
#include "support/run_task.hpp"

namespace pixelvault::services {

struct AccountWorld {
  support::FakeRecordsPtr records = std::make_shared<support::FakeRecords>();
  support::FakeAccountStore accounts{records};
  support::FakeKeyStore keys{records};
  support::FakeProjectStore projects{records};
  support::FakeImageStore images{records};
  support::FakePasswordHasher passwords;
  support::FakeClock clock;
  support::FakeRandomSource random;
  domain::Plans plans = domain::Plans::shipped();

  Authentication authentication{{keys, accounts, clock}};
  AccountService registration{{accounts, keys, projects, passwords, clock, random}, "starter"};
  SessionService sessions{{accounts, passwords, clock, random, authentication}};
  RecordCache record_cache{images, clock};
  ProjectService project_service{{projects, images, clock, random, authentication, record_cache},
                                 plans};
  KeyService key_service{{keys, projects, clock, random, authentication}};

  domain::Result<AccountService::Registered> try_to_register(
      std::string email, std::optional<std::string> password = "secure-pass") {
    AccountService::NewAccount account{.email = std::move(email), .password = std::move(password)};
    return support::run(registration.register_account(std::move(account)));
  }

  /// A registration that works.
  AccountService::Registered registered(const std::string& email = "you@example.com") {
    return try_to_register(email).value();
  }

  domain::Result<domain::AnyCaller> authenticate(std::optional<std::string> credential) {
    return support::run(authentication.authenticate(std::move(credential)));
  }

  domain::Caller key_caller(const std::string& key) {
    return std::get<domain::Caller>(authenticate(key).value());
  }

  SessionService::Opened log_in(const std::string& email = "you@example.com") {
    return support::run(sessions.log_in(email, "secure-pass")).value();
  }

  domain::SessionCaller session_caller(const std::string& email = "you@example.com") {
    return std::get<domain::SessionCaller>(authenticate(log_in(email).token).value());
  }
};

}  // namespace pixelvault::services
