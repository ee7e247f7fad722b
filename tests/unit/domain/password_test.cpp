#include "domain/password.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pixelvault::domain {
namespace {

TEST(Password, has_8_to_1024_characters_however_many_bytes_those_are) {
  std::string umlauts;
  for (int i = 0; i < 1024; ++i) umlauts += "ü";
  for (const auto& good : {std::string(8, 'x'), std::string(1024, 'x'), umlauts}) {
    EXPECT_TRUE(check_password(good).has_value());
  }
  for (const auto& bad : {std::string(7, 'x'), std::string(1025, 'x'), umlauts + "ü",
                          std::string("üüü"), std::string()}) {
    const auto refused = check_password(bad);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidRequest);
    EXPECT_EQ(refused.error().param, "password");
  }
}

}  // namespace
}  // namespace pixelvault::domain
