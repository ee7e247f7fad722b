#include "domain/api_key.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace pixelvault::domain {
namespace {

constexpr std::string_view kBase62 =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

KeyEntropy rising() {
  KeyEntropy entropy;
  std::iota(entropy.begin(), entropy.end(), std::uint8_t{3});
  return entropy;
}

TEST(ApiKey, a_made_key_parses_as_itself) {
  for (const auto environment : {Environment::Live, Environment::Test}) {
    const auto key = ApiKey::make(environment, rising()).value();
    const auto parsed = ApiKey::parse(key.text());
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(parsed->text(), key.text());
    EXPECT_EQ(parsed->environment(), environment);
    EXPECT_EQ(parsed->hash(), base::sha256(base::as_bytes(key.text())));
  }
}

TEST(ApiKey, its_form_is_that_of_the_contract) {
  const auto key = ApiKey::make(Environment::Live, rising()).value();
  EXPECT_EQ(key.text().size(), 8U + 32U);
  EXPECT_TRUE(key.text().starts_with("pv_live_3456789ABC"));
  EXPECT_EQ(key.shown_prefix(), "pv_live_3456");
  EXPECT_TRUE(ApiKey::make(Environment::Test, rising()).value().text().starts_with("pv_test_3456"));
}

TEST(ApiKey, a_slip_in_any_character_is_noticed) {
  const auto text = ApiKey::make(Environment::Live, rising()).value().text();
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char c : kBase62) {
      auto wrong = text;
      if (wrong[i] == c) continue;
      wrong[i] = c;
      EXPECT_FALSE(ApiKey::parse(wrong).has_value()) << wrong;
    }
  }
}

TEST(ApiKey, neighbours_that_changed_places_are_noticed) {
  const auto text = ApiKey::make(Environment::Live, rising()).value().text();
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    auto wrong = text;
    if (wrong[i] == wrong[i + 1]) continue;
    std::swap(wrong[i], wrong[i + 1]);
    EXPECT_FALSE(ApiKey::parse(wrong).has_value()) << wrong;
  }
}

TEST(ApiKey, a_live_key_is_no_test_key) {
  auto text = ApiKey::make(Environment::Live, rising()).value().text();
  text.replace(0, 8, "pv_test_");
  EXPECT_FALSE(ApiKey::parse(text).has_value());
}

TEST(ApiKey, other_lengths_prefixes_and_characters_are_refused) {
  const auto text = ApiKey::make(Environment::Live, rising()).value().text();
  for (const auto& wrong : {std::string(), text + "0", text.substr(0, text.size() - 1), " " + text,
                            "pv_prod_" + text.substr(8), text.substr(8)}) {
    EXPECT_FALSE(ApiKey::parse(wrong).has_value()) << wrong;
  }
  auto foreign = text;
  foreign[20] = '-';
  EXPECT_FALSE(ApiKey::parse(foreign).has_value());
}

TEST(ApiKey, bytes_that_would_favour_characters_are_drawn_past) {
  KeyEntropy entropy;
  entropy.fill(248);
  EXPECT_FALSE(ApiKey::make(Environment::Live, entropy).has_value());
  for (std::size_t i = 0; i < 26; ++i) entropy[i * 2] = 247;
  const auto key = ApiKey::make(Environment::Live, entropy);
  ASSERT_TRUE(key.has_value());
  EXPECT_TRUE(key->text().starts_with("pv_live_" + std::string(26, 'z')));
}

}  // namespace
}  // namespace pixelvault::domain
