#include "api/json_body.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "support/run_task.hpp"
#include "unit/api/fake_body.hpp"

namespace pixelvault::api {
namespace {

namespace json = boost::json;
using domain::ErrorCode;

json::object parsed(std::string_view text) { return json::parse(text).as_object(); }

TEST(JsonNumbers, are_whole_and_within_their_range) {
  constexpr NumberRange kRange{.min = 60, .max = 100};
  for (const auto& [text, value] :
       {std::pair{R"({"n":60})", 60U}, {R"({"n":100})", 100U}, {R"({"n":61.0})", 61U}}) {
    EXPECT_EQ(optional_number(parsed(text), "n", kRange).value(), value) << text;
  }
  for (const auto* absent : {"{}", R"({"n":null})"}) {
    EXPECT_FALSE(optional_number(parsed(absent), "n", kRange)->has_value());
  }
  for (const auto* wrong :
       {R"({"n":59})", R"({"n":101})", R"({"n":-60})", R"({"n":60.5})", R"({"n":"60"})",
        R"({"n":true})", R"({"n":[60]})", R"({"n":1e300})", R"({"n":-1e300})",
        R"({"n":18446744073709551615})", R"({"n":99999999999999999999999})"}) {
    const auto number = optional_number(parsed(wrong), "n", kRange);
    ASSERT_FALSE(number.has_value()) << wrong;
    EXPECT_EQ(number.error().code, ErrorCode::InvalidRequest);
    EXPECT_EQ(number.error().param, "n");
  }
}

TEST(JsonNumbers, a_limit_that_was_passed_is_told) {
  const auto small = optional_number(parsed(R"({"n":1})"), "n", {.min = 60, .max = 100});
  EXPECT_EQ(small.error().limit, 60U);
  EXPECT_EQ(small.error().actual, 1U);
  const auto large = optional_number(parsed(R"({"n":101})"), "n", {.min = 60, .max = 100});
  EXPECT_EQ(large.error().limit, 100U);
}

TEST(JsonTexts, an_array_holds_texts_only) {
  EXPECT_EQ(optional_texts(parsed(R"({"a":["x","y"]})"), "a").value(),
            (std::vector<std::string>{"x", "y"}));
  EXPECT_TRUE(optional_texts(parsed(R"({"a":[]})"), "a").value()->empty());
  EXPECT_FALSE(optional_texts(parsed("{}"), "a")->has_value());
  for (const auto* wrong : {R"({"a":"x"})", R"({"a":[1]})", R"({"a":["x",null]})", R"({"a":{}})"}) {
    EXPECT_EQ(optional_texts(parsed(wrong), "a").error().param, "a") << wrong;
  }
}

TEST(JsonTexts, a_required_one_must_be_there) {
  EXPECT_EQ(required_text(parsed(R"({"a":""})"), "a").value(), "");
  for (const auto* wrong : {"{}", R"({"a":null})", R"({"a":1})"}) {
    EXPECT_EQ(required_text(parsed(wrong), "a").error().param, "a") << wrong;
  }
}

TEST(OptionalJson, an_empty_body_is_an_empty_object) {
  for (const auto& [text, size] : {std::pair{"", 0U}, {"{}", 0U}, {R"({"a":1})", 1U}}) {
    support::FakeBody body(text);
    auto request = body.request("application/json");
    EXPECT_EQ(support::run(read_optional_json(request))->size(), size);
  }
  support::FakeBody body("[]");
  auto request = body.request("application/json");
  EXPECT_EQ(support::run(read_optional_json(request)).error().code, ErrorCode::InvalidJson);
}

}  // namespace
}  // namespace pixelvault::api
