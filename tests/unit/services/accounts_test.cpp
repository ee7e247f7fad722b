#include "services/accounts.hpp"

#include <gtest/gtest.h>

#include "unit/services/account_world.hpp"

namespace pixelvault::services {
namespace {

using domain::ErrorCode;

class Accounts : public testing::Test, protected AccountWorld {};

TEST_F(Accounts, registering_makes_account_project_and_a_key_that_works) {
  const auto made = try_to_register("you@example.com");
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(made->account.plan, "starter");
  const auto caller = key_caller(made->api_key);
  EXPECT_EQ(caller.account, made->account.id);
  EXPECT_EQ(caller.project, made->project.id);
  EXPECT_EQ(caller.environment, domain::Environment::Live);
  EXPECT_EQ(caller.plan, "starter");
  EXPECT_EQ(caller.scopes, domain::Scopes::all());
}

TEST_F(Accounts, neither_password_nor_key_is_stored_as_text) {
  const auto made = registered();
  const auto stored = accounts.registrations().front();
  EXPECT_NE(stored.account.password_hash, "secure-pass");
  EXPECT_FALSE(stored.account.password_hash.empty());
  EXPECT_EQ(stored.key.hash, base::sha256(base::as_bytes(made.api_key)));
  EXPECT_EQ(stored.key.shown_prefix, made.api_key.substr(0, 12));
}

TEST_F(Accounts, the_password_may_be_left_out) {
  const auto made = try_to_register("you@example.com", std::nullopt);
  ASSERT_TRUE(made.has_value());
  EXPECT_TRUE(made->account.password_hash.empty());
}

TEST_F(Accounts, a_plan_of_its_own_goes_before_the_default) {
  AccountService::NewAccount account{.email = "you@example.com", .plan = "pro"};
  EXPECT_EQ(support::run(registration.register_account(std::move(account)))->account.plan, "pro");
}

TEST_F(Accounts, a_taken_address_is_refused_in_any_case_after_the_same_work) {
  registered();
  const int hashed = passwords.hashed();
  const auto again = try_to_register("YOU@example.com");
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().code, ErrorCode::EmailTaken);
  EXPECT_EQ(passwords.hashed(), hashed + 1);
  EXPECT_EQ(accounts.registrations().size(), 1U);
}

TEST_F(Accounts, bad_passwords_and_addresses_are_refused) {
  EXPECT_EQ(try_to_register("you@example.com", "1234567").error().param, "password");
  EXPECT_EQ(try_to_register("nobody").error().param, "email");
  EXPECT_TRUE(accounts.registrations().empty());
}

TEST_F(Accounts, a_key_is_told_its_account_project_and_record) {
  const auto made = registered();
  const auto caller = key_caller(made.api_key);
  const auto identity = support::run(registration.identify(caller));
  ASSERT_TRUE(identity.has_value());
  EXPECT_EQ(identity->account.email, "you@example.com");
  ASSERT_TRUE(identity->project.has_value());
  EXPECT_EQ(identity->project->id, made.project.id);
  EXPECT_EQ(std::get<domain::StoredKey>(identity->credential).id, caller.key);
}

TEST_F(Accounts, a_session_is_told_its_account_and_no_project) {
  const auto made = registered();
  const auto identity = support::run(registration.identify(session_caller()));
  ASSERT_TRUE(identity.has_value());
  EXPECT_EQ(identity->account.id, made.account.id);
  EXPECT_FALSE(identity->project.has_value());
  EXPECT_TRUE(std::holds_alternative<domain::SessionCaller>(identity->credential));
}

TEST_F(Accounts, a_key_whose_project_went_meanwhile_is_nobody) {
  const auto made = registered();
  const auto caller = key_caller(made.api_key);
  support::run(projects.mark_deleted(made.account.id, made.project.id, clock.now()));
  EXPECT_EQ(support::run(registration.identify(caller)).error().code, ErrorCode::Unauthorized);
}

}  // namespace
}  // namespace pixelvault::services
