#include "services/sessions.hpp"

#include <gtest/gtest.h>

#include "domain/session_token.hpp"
#include "unit/services/account_world.hpp"

namespace pixelvault::services {
namespace {

using domain::ErrorCode;

class Sessions : public testing::Test, protected AccountWorld {
 protected:
  domain::Result<SessionService::Opened> try_to_log_in(std::string email, std::string password) {
    return support::run(sessions.log_in(std::move(email), std::move(password)));
  }
  int work_done() const { return passwords.hashed() + passwords.verified(); }
};

TEST_F(Sessions, a_login_gives_a_token_for_24_hours) {
  const auto made = registered();
  const auto opened = try_to_log_in("YOU@example.com", "secure-pass");
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(opened->account.id, made.account.id);
  EXPECT_EQ(opened->expires_at, clock.now() + std::chrono::hours(24));
  const auto token = domain::SessionToken::parse(opened->token);
  ASSERT_TRUE(token.has_value());
  EXPECT_EQ(accounts.sessions().front().hash, token->hash()) << "stored as its hash alone";
}

TEST_F(Sessions, unknown_address_wrong_password_and_no_password_are_one_answer_after_equal_work) {
  registered();
  ASSERT_TRUE(try_to_register("bare@example.com", std::nullopt).has_value());
  std::vector<std::string> messages;
  for (const auto& [email, password] : {std::pair{"you@example.com", "wrong-pass"},
                                        {"nobody@example.com", "secure-pass"},
                                        {"bare@example.com", "secure-pass"},
                                        {"bare@example.com", ""}}) {
    const int before = work_done();
    const auto refused = try_to_log_in(email, password);
    ASSERT_FALSE(refused.has_value()) << email;
    EXPECT_EQ(refused.error().code, ErrorCode::Unauthorized);
    EXPECT_FALSE(refused.error().param.has_value());
    EXPECT_EQ(work_done(), before + 1) << email;
    messages.push_back(refused.error().message);
  }
  for (const auto& message : messages) EXPECT_EQ(message, messages.front());
  EXPECT_TRUE(accounts.sessions().empty());
}

TEST_F(Sessions, a_logout_ends_this_session_at_once_and_no_other) {
  registered();
  const auto one = log_in();
  const auto other = log_in();
  const auto caller = std::get<domain::SessionCaller>(authenticate(one.token).value());
  support::run(sessions.log_out(caller));
  EXPECT_EQ(authenticate(one.token).error().code, ErrorCode::Unauthorized);
  EXPECT_TRUE(authenticate(other.token).has_value());
  support::run(sessions.log_out(caller));
}

}  // namespace
}  // namespace pixelvault::services
