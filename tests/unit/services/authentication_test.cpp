#include "services/authentication.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "domain/api_key.hpp"
#include "domain/session_token.hpp"
#include "unit/services/account_world.hpp"

namespace pixelvault::services {
namespace {

using domain::AnyCaller;
using domain::ErrorCode;
using std::chrono::milliseconds;

/// Counts the look-ups of another key store, and does something in the middle of them.
class WatchedKeyStore final : public ports::KeyStore {
 public:
  explicit WatchedKeyStore(ports::KeyStore& inner) : inner_(inner) {}

  int look_ups = 0;
  std::function<void()> before_answering = [] {};

  base::task<std::optional<domain::Caller>> find_caller(base::Sha256 hash,
                                                        base::Timestamp now) override {
    ++look_ups;
    auto caller = co_await inner_.find_caller(hash, now);
    before_answering();
    co_return caller;
  }
  base::task<void> add(domain::StoredKey key) override { return inner_.add(std::move(key)); }
  base::task<void> rotate(domain::StoredKey key, base::Timestamp until) override {
    return inner_.rotate(std::move(key), until);
  }
  base::task<std::vector<domain::StoredKey>> list(domain::ProjectId project,
                                                  base::Timestamp now) override {
    return inner_.list(project, now);
  }
  base::task<std::optional<domain::StoredKey>> find(domain::ProjectId project,
                                                    domain::KeyId key) override {
    return inner_.find(project, key);
  }
  base::task<bool> revoke(domain::ProjectId project, domain::KeyId key,
                          base::Timestamp now) override {
    return inner_.revoke(project, key, now);
  }
  base::task<std::uint32_t> revoke_all(domain::AccountId account, base::Timestamp now) override {
    return inner_.revoke_all(account, now);
  }
  base::task<void> note_uses(std::vector<ports::KeyUse> uses) override {
    return inner_.note_uses(std::move(uses));
  }

 private:
  ports::KeyStore& inner_;
};

class CredentialChecks : public testing::Test, protected AccountWorld {
 protected:
  domain::Result<AnyCaller> check(std::optional<std::string> credential) {
    return support::run(watched.authenticate(std::move(credential)));
  }
  ErrorCode refusal(std::optional<std::string> credential) {
    return check(std::move(credential)).error().code;
  }
  std::string unknown_key() {
    return domain::ApiKey::make(domain::Environment::Live, domain::KeyEntropy{})->text();
  }

  WatchedKeyStore store{keys};
  Authentication watched{{store, accounts, clock}};
};

TEST_F(CredentialChecks, a_malformed_credential_costs_no_look_up) {
  auto typo = registered().api_key;
  typo[20] = typo[20] == 'a' ? 'b' : 'a';
  for (const auto& bad : std::vector<std::optional<std::string>>{
           std::nullopt, "", "nonsense", typo, "pv_sess_00000000000000000000000000000000"}) {
    EXPECT_EQ(refusal(bad), ErrorCode::Unauthorized);
  }
  EXPECT_EQ(store.look_ups, 0);
}

TEST_F(CredentialChecks, unknown_keys_and_tokens_are_refused) {
  EXPECT_EQ(refusal(unknown_key()), ErrorCode::Unauthorized);
  EXPECT_EQ(refusal(domain::SessionToken::make(domain::CredentialEntropy{})->text()),
            ErrorCode::Unauthorized);
}

TEST_F(CredentialChecks, one_look_up_serves_a_second) {
  const auto key = registered().api_key;
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(check(key).has_value());
  clock.advance(milliseconds(999));
  ASSERT_TRUE(check(key).has_value());
  EXPECT_EQ(store.look_ups, 1);
  clock.advance(milliseconds(1));
  ASSERT_TRUE(check(key).has_value());
  EXPECT_EQ(store.look_ups, 2);
}

TEST_F(CredentialChecks, one_look_up_serves_a_second_for_unknown_keys_too) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(refusal(unknown_key()), ErrorCode::Unauthorized);
  EXPECT_EQ(store.look_ups, 1);
}

TEST_F(CredentialChecks, a_revocation_elsewhere_is_seen_within_a_second) {
  const auto made = registered();
  const auto caller = std::get<domain::Caller>(check(made.api_key).value());
  support::run(keys.revoke(caller.project, caller.key, clock.now()));
  clock.advance(milliseconds(1000));
  EXPECT_EQ(refusal(made.api_key), ErrorCode::Unauthorized);
}

TEST_F(CredentialChecks, what_is_forgotten_is_asked_for_anew) {
  const auto made = registered();
  const auto caller = std::get<domain::Caller>(check(made.api_key).value());
  support::run(keys.revoke(caller.project, caller.key, clock.now()));
  watched.forget_key(caller.key);
  EXPECT_EQ(refusal(made.api_key), ErrorCode::Unauthorized);
}

TEST_F(CredentialChecks, forgetting_one_key_or_project_leaves_the_others) {
  const auto one = registered("one@example.com");
  const auto other = registered("other@example.com");
  const auto caller = std::get<domain::Caller>(check(one.api_key).value());
  ASSERT_TRUE(check(other.api_key).has_value());
  watched.forget_project(caller.project);
  watched.forget_key(caller.key);
  ASSERT_TRUE(check(other.api_key).has_value());
  EXPECT_EQ(store.look_ups, 2);
  ASSERT_TRUE(check(one.api_key).has_value());
  EXPECT_EQ(store.look_ups, 3);
}

TEST_F(CredentialChecks, an_answer_from_before_a_revocation_is_not_remembered) {
  const auto made = registered();
  const auto stored = accounts.registrations().front().key;
  store.before_answering = [&] {
    support::run(keys.revoke(stored.project, stored.id, clock.now()));
    watched.forget_key(stored.id);
  };
  ASSERT_TRUE(check(made.api_key).has_value()) << "the look-up was before the revocation";
  store.before_answering = [] {};
  EXPECT_EQ(refusal(made.api_key), ErrorCode::Unauthorized);
}

TEST_F(CredentialChecks, a_session_speaks_for_its_account_until_its_last_second) {
  const auto made = registered();
  const auto opened = log_in();
  const auto caller = check(opened.token);
  ASSERT_TRUE(caller.has_value());
  EXPECT_EQ(std::get<domain::SessionCaller>(*caller).account, made.account.id);
  clock.set(opened.expires_at - milliseconds(1));
  EXPECT_TRUE(check(opened.token).has_value());
  clock.set(opened.expires_at);
  EXPECT_EQ(refusal(opened.token), ErrorCode::Unauthorized);
}

TEST_F(CredentialChecks, a_key_ends_at_its_expiry) {
  registered();
  const auto session = session_caller();
  const auto project = accounts.registrations().front().project.id.to_string();
  const KeyService::NewKey request{.lifetime = kMinKeyLifetime};
  const auto issued = support::run(key_service.create(session, project, request)).value();
  clock.advance(kMinKeyLifetime - milliseconds(1));
  EXPECT_TRUE(authenticate(issued.api_key).has_value());
  clock.advance(milliseconds(1000));
  EXPECT_EQ(authenticate(issued.api_key).error().code, ErrorCode::Unauthorized);
}

TEST_F(CredentialChecks, a_scope_that_is_missing_is_named) {
  auto caller = key_caller(registered().api_key);
  EXPECT_TRUE(require_scope(caller, domain::Scope::UsageRead).has_value());
  caller.scopes = {};
  caller.scopes.add(domain::Scope::ImagesRead);
  const auto refused = require_scope(caller, domain::Scope::UsageRead);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::Forbidden);
  EXPECT_NE(refused.error().message.find("usage:read"), std::string::npos);
}

}  // namespace
}  // namespace pixelvault::services
