#include "domain/session_token.hpp"

#include <gtest/gtest.h>

#include "domain/api_key.hpp"

namespace pixelvault::domain {
namespace {

TEST(SessionToken, a_made_token_parses_as_itself) {
  const auto token = SessionToken::make(CredentialEntropy{}).value();
  EXPECT_TRUE(token.text().starts_with("pv_sess_00000000000000000000000000"));
  EXPECT_EQ(token.text().size(), 8U + 32U);
  const auto parsed = SessionToken::parse(token.text());
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->text(), token.text());
  EXPECT_EQ(parsed->hash(), base::sha256(base::as_bytes(token.text())));
}

TEST(SessionToken, is_no_api_key_and_no_key_is_a_token) {
  const auto token = SessionToken::make(CredentialEntropy{})->text();
  const auto key = ApiKey::make(Environment::Live, KeyEntropy{})->text();
  EXPECT_FALSE(ApiKey::parse(token).has_value());
  EXPECT_FALSE(SessionToken::parse(key).has_value());
  EXPECT_FALSE(SessionToken::parse("pv_sess_" + key.substr(8)).has_value()) << "its checksum";
}

TEST(SessionToken, a_slip_is_noticed) {
  const auto text = SessionToken::make(CredentialEntropy{})->text();
  for (const auto& wrong :
       {text + "0", text.substr(0, 39), text.substr(0, 39) + "!", std::string(), " " + text}) {
    EXPECT_FALSE(SessionToken::parse(wrong).has_value()) << wrong;
  }
}

TEST(SessionToken, entropy_can_run_out) {
  CredentialEntropy entropy;
  entropy.fill(255);
  EXPECT_FALSE(SessionToken::make(entropy).has_value());
}

}  // namespace
}  // namespace pixelvault::domain
