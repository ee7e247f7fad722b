#include "services/administration.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/fake_link_key_store.hpp"
#include "unit/services/account_world.hpp"

namespace pixelvault::services {
namespace {

using domain::ErrorCode;

class AdministrationTest : public testing::Test, protected AccountWorld {
 protected:
  support::FakeLinkKeyStore link_keys{records};
  Administration admin{{registration, accounts, keys, link_keys, passwords, clock, random}, plans};
};

TEST_F(AdministrationTest, an_account_can_be_made_with_a_plan_and_gives_its_key_once) {
  Administration::NewAccount request{.email = "you@example.com", .plan = "pro"};
  const auto made = support::run(admin.create_account(request));
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(key_caller(made->api_key).plan, "pro");
  EXPECT_EQ(support::run(admin.create_account(request)).error().code, ErrorCode::EmailTaken);
  request.plan = "gold";
  const auto refused = support::run(admin.create_account(request));
  EXPECT_EQ(refused.error().param, "plan");
  EXPECT_NE(refused.error().message.find("free, starter, pro, unlimited"), std::string::npos);
}

TEST_F(AdministrationTest, accounts_are_listed_page_by_page) {
  for (const auto* email : {"a@example.com", "b@example.com", "c@example.com"}) {
    registered(email);
    clock.advance(std::chrono::milliseconds(1));
  }
  const auto first = support::run(admin.list_accounts(std::nullopt, 2));
  ASSERT_EQ(first.size(), 2U);
  const auto rest = support::run(admin.list_accounts(first.back().id, 2));
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest.front().email, "c@example.com");
}

TEST_F(AdministrationTest, a_plan_must_be_configured) {
  const auto key = registered().api_key;
  EXPECT_EQ(support::run(admin.set_plan("YOU@example.com", "unlimited"))->plan, "unlimited");
  EXPECT_EQ(key_caller(key).plan, "unlimited");
  EXPECT_EQ(support::run(admin.set_plan("you@example.com", "gold")).error().param, "plan");
}

TEST_F(AdministrationTest, a_new_password_works_and_ends_sessions) {
  registered();
  log_in();
  ASSERT_TRUE(support::run(admin.set_password("you@example.com", "another-pass")).has_value());
  EXPECT_TRUE(accounts.sessions().empty());
  EXPECT_FALSE(support::run(sessions.log_in("you@example.com", "secure-pass")).has_value());
  EXPECT_TRUE(support::run(sessions.log_in("you@example.com", "another-pass")).has_value());
  EXPECT_EQ(support::run(admin.set_password("you@example.com", "short")).error().param, "password");
}

TEST_F(AdministrationTest, all_keys_of_one_account_can_be_revoked) {
  const auto mine = registered();
  const auto other = registered("other@example.com");
  support::run(key_service.create(session_caller(), mine.project.id.to_string(), {}));
  EXPECT_EQ(support::run(admin.revoke_keys("you@example.com")), 2U);
  EXPECT_EQ(support::run(admin.revoke_keys("you@example.com")), 0U);
  EXPECT_FALSE(authenticate(mine.api_key).has_value());
  EXPECT_TRUE(authenticate(other.api_key).has_value());
}

TEST_F(AdministrationTest, an_address_without_account_is_told) {
  EXPECT_EQ(support::run(admin.set_plan("no@example.com", "pro")).error().code,
            ErrorCode::NotFound);
  EXPECT_EQ(support::run(admin.set_password("no@example.com", "secure-pass")).error().code,
            ErrorCode::NotFound);
  EXPECT_EQ(support::run(admin.revoke_keys("no@example.com")).error().code, ErrorCode::NotFound);
  EXPECT_EQ(support::run(admin.revoke_keys("nobody")).error().param, "email");
}

TEST_F(AdministrationTest, a_new_link_key_comes_first_and_keeps_the_old_one) {
  const auto old = support::run(admin.rotate_link_key());
  clock.advance(std::chrono::milliseconds(1));
  const auto now = support::run(admin.rotate_link_key());
  const auto ring = support::run(link_keys.list());
  ASSERT_EQ(ring.size(), 2U);
  EXPECT_EQ(ring[0].id, now);
  EXPECT_EQ(ring[1].id, old);
  EXPECT_NE(now, old);
  EXPECT_EQ(now.size(), 8U);
  EXPECT_NE(ring[0].secret, ring[1].secret);
}

}  // namespace
}  // namespace pixelvault::services
