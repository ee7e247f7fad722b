#include "services/accounts.hpp"

#include <gtest/gtest.h>

#include "domain/api_key.hpp"
#include "services/authentication.hpp"
#include "support/fake_account_store.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_password_hasher.hpp"
#include "support/fake_random_source.hpp"
#include "support/run_task.hpp"

namespace pixelvault::services {
namespace {

using domain::ErrorCode;

class Accounts : public testing::Test {
 protected:
  domain::Result<AccountService::Registered> sign_up(std::string email,
                                                     std::optional<std::string> password) {
    return support::run(
        service_.register_account({.email = std::move(email), .password = std::move(password)}));
  }
  domain::Result<domain::Caller> authenticate(std::optional<std::string> credential) {
    return support::run(authentication_.authenticate(std::move(credential)));
  }

  support::FakeAccountStore store_;
  support::FakePasswordHasher passwords_;
  support::FakeClock clock_;
  support::FakeRandomSource random_;
  AccountService service_{{store_, passwords_, clock_, random_}, "starter"};
  Authentication authentication_{store_};
};

TEST_F(Accounts, registering_makes_account_project_and_a_key_that_works) {
  const auto made = sign_up("you@example.com", "secure-pass");
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(made->account.plan, "starter");
  const auto caller = authenticate(made->api_key);
  ASSERT_TRUE(caller.has_value());
  EXPECT_EQ(caller->account, made->account.id);
  EXPECT_EQ(caller->project, made->project.id);
  EXPECT_EQ(caller->environment, domain::Environment::Live);
  EXPECT_EQ(caller->plan, "starter");
}

TEST_F(Accounts, neither_password_nor_key_is_stored_as_text) {
  const auto made = sign_up("you@example.com", "secure-pass");
  ASSERT_TRUE(made.has_value());
  const auto stored = store_.registrations().front();
  EXPECT_NE(stored.account.password_hash, "secure-pass");
  EXPECT_FALSE(stored.account.password_hash.empty());
  EXPECT_EQ(stored.key.hash, base::sha256(base::as_bytes(made->api_key)));
  EXPECT_EQ(stored.key.shown_prefix, made->api_key.substr(0, 12));
}

TEST_F(Accounts, the_password_may_be_left_out) {
  const auto made = sign_up("you@example.com", std::nullopt);
  ASSERT_TRUE(made.has_value());
  EXPECT_TRUE(made->account.password_hash.empty());
}

TEST_F(Accounts, a_taken_address_is_refused_in_any_case) {
  ASSERT_TRUE(sign_up("you@example.com", "secure-pass").has_value());
  const auto again = sign_up("YOU@example.com", "other-pass");
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().code, ErrorCode::EmailTaken);
  EXPECT_EQ(store_.registrations().size(), 1U);
}

TEST_F(Accounts, passwords_have_8_to_1024_characters_however_many_bytes_those_are) {
  EXPECT_TRUE(sign_up("a@example.com", std::string(8, 'x')).has_value());
  EXPECT_TRUE(sign_up("b@example.com", std::string(1024, 'x')).has_value());
  std::string umlauts;
  for (int i = 0; i < 1024; ++i) umlauts += "ü";
  EXPECT_TRUE(sign_up("c@example.com", umlauts).has_value());
  for (const auto& bad :
       {std::string(7, 'x'), std::string(1025, 'x'), std::string("üüü"), std::string()}) {
    const auto refused = sign_up("d@example.com", bad);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidRequest);
    EXPECT_EQ(refused.error().param, "password");
  }
}

TEST_F(Accounts, a_bad_address_is_refused) {
  const auto refused = sign_up("nobody", "secure-pass");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().param, "email");
}

TEST_F(Accounts, no_malformed_or_unknown_credential_gets_in) {
  const auto made = sign_up("you@example.com", "secure-pass");
  ASSERT_TRUE(made.has_value());
  auto typo = made->api_key;
  typo[20] = typo[20] == 'a' ? 'b' : 'a';
  domain::KeyEntropy entropy{};
  const std::string unknown = domain::ApiKey::make(domain::Environment::Live, entropy)->text();
  for (const auto& bad :
       std::vector<std::optional<std::string>>{std::nullopt, "", "nonsense", typo, unknown}) {
    const auto refused = authenticate(bad);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::Unauthorized);
  }
}

}  // namespace
}  // namespace pixelvault::services
