#include "http/target.hpp"

#include <gtest/gtest.h>

namespace pixelvault::http {
namespace {

std::optional<Target> parsed(std::string_view text) {
  Target target{.path = "/of/before", .query = {{"before", "1"}}};
  if (!read_target(text, target)) return std::nullopt;
  return target;
}

TEST(Target, path_and_query_are_decoded) {
  const auto target = parsed("/a%20b?folder=cats%2Fsmall+ones&x=1&x=2&flag");
  ASSERT_TRUE(target.has_value());
  EXPECT_EQ(target->path, "/a b");
  EXPECT_EQ(target->parameter("folder"), "cats/small ones");
  EXPECT_EQ(target->parameter("x"), "2");
  EXPECT_EQ(target->parameter("flag"), "");
  EXPECT_FALSE(target->parameter("none").has_value());
}

TEST(Target, absolute_form_is_understood) {
  const auto target = parsed("http://example.com:8080/v1/images?page=2");
  ASSERT_TRUE(target.has_value());
  EXPECT_EQ(target->path, "/v1/images");
  EXPECT_EQ(target->parameter("page"), "2");
  EXPECT_EQ(parsed("http://example.com")->path, "/");
}

TEST(Target, what_is_no_path_is_refused) {
  for (const auto* text :
       {"", "*", "v1/images", "/a%", "/a%zz", "/a b", "/a%2Fb", "/a%00", "example.com:80"}) {
    EXPECT_FALSE(parsed(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace pixelvault::http
