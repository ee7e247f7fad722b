#include "api/pipeline.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>

#include "api/json_body.hpp"
#include "base/unavailable.hpp"
#include "support/run_task.hpp"
#include "unit/api/fake_body.hpp"

namespace pixelvault::api {
namespace {

using http::Method;

base::task<http::Response> fails_retry(http::Request&, http::PathValues) {
  throw base::Unavailable(base::Unavailable::Kind::Retry, "secret detail");
  co_return http::Response{};
}
base::task<http::Response> fails_full(http::Request&, http::PathValues) {
  throw base::Unavailable(base::Unavailable::Kind::DiskFull, "secret detail");
  co_return http::Response{};
}
base::task<http::Response> has_a_bug(http::Request&, http::PathValues) {
  throw std::logic_error("secret detail");
  co_return http::Response{};
}
base::task<http::Response> reads_json(http::Request& request, http::PathValues) {
  const auto body = co_await read_json(request);
  if (!body) co_return http::Response{.status = static_cast<unsigned>(body.error().code)};
  co_return json_response(200, *body);
}

class PipelineTest : public testing::Test {
 protected:
  http::Response ask(Method method, std::string path) {
    http::Request request{
        .method = method, .target = {.path = std::move(path)}, .request_id = "req_7"};
    return support::run(pipeline_.handle(request));
  }
  static std::string text(const http::Response& response) {
    return std::get<std::string>(response.body);
  }
  static std::string field(const http::Response& response, std::string_view name) {
    const auto found =
        std::ranges::find(response.fields, name, [](const auto& f) { return f.first; });
    return found == response.fields.end() ? "" : found->second;
  }

  Pipeline pipeline_{http::Router({{Method::Get, "/retry", fails_retry},
                                   {Method::Get, "/full", fails_full},
                                   {Method::Get, "/bug", has_a_bug}}),
                     {.access_log = false}};
};

TEST_F(PipelineTest, what_fails_is_a_status_without_detail) {
  for (const auto& [path, status] : {std::pair{"/retry", 503U}, {"/full", 507U}, {"/bug", 500U}}) {
    const auto response = ask(Method::Get, path);
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(text(response).find("secret"), std::string::npos);
    EXPECT_NE(text(response).find("req_7"), std::string::npos);
  }
}

TEST_F(PipelineTest, unknown_paths_and_methods_are_json) {
  EXPECT_EQ(ask(Method::Get, "/nowhere").status, 404U);
  const auto wrong = ask(Method::Post, "/bug");
  EXPECT_EQ(wrong.status, 405U);
  EXPECT_EQ(field(wrong, "Allow"), "GET, HEAD");
  EXPECT_NE(text(wrong).find("method_not_allowed"), std::string::npos);
}

TEST_F(PipelineTest, refusals_have_their_status_and_limit) {
  const auto large = pipeline_.refuse({.kind = http::Refusal::Kind::HeadersTooLarge,
                                       .message = "m",
                                       .request_id = "r",
                                       .limit = 100});
  EXPECT_EQ(large.status, 431U);
  EXPECT_NE(text(large).find("\"limit\":100"), std::string::npos);
  EXPECT_EQ(
      pipeline_.refuse({.kind = http::Refusal::Kind::BadRequest, .message = "m", .request_id = "r"})
          .status,
      400U);
  EXPECT_EQ(
      pipeline_.refuse({.kind = http::Refusal::Kind::Timeout, .message = "m", .request_id = "r"})
          .status,
      408U);
}

TEST(JsonBody, is_read_whatever_its_content_type_says) {
  for (const auto* type : {"", "text/plain", "application/x-www-form-urlencoded"}) {
    support::FakeBody body(R"({"email":"a@b.co"})");
    auto request = body.request(type);
    const auto response = support::run(reads_json(request, {}));
    EXPECT_EQ(std::get<std::string>(response.body), R"({"email":"a@b.co"})");
  }
}

TEST(JsonBody, anything_but_an_object_is_invalid) {
  for (const auto* bad :
       {"", "[]", "1", "{", "{\"a\":}", "\"x\"", "{\"a\":1}x", "{\"a\":\"\xff\"}"}) {
    support::FakeBody body(bad);
    auto request = body.request("application/json");
    const auto response = support::run(reads_json(request, {}));
    EXPECT_EQ(response.status, static_cast<unsigned>(domain::ErrorCode::InvalidJson)) << bad;
  }
}

TEST(JsonBody, a_declared_length_over_the_limit_is_refused_unread) {
  support::FakeBody body(std::string(kMaxJsonBytes + 1, ' '));
  auto request = body.request("application/json");
  EXPECT_EQ(support::run(reads_json(request, {})).status,
            static_cast<unsigned>(domain::ErrorCode::RequestTooLarge));
  EXPECT_EQ(body.bytes_read, 0U);
  request.content_length = std::nullopt;
  EXPECT_EQ(support::run(reads_json(request, {})).status,
            static_cast<unsigned>(domain::ErrorCode::RequestTooLarge));
}

TEST(JsonBody, optional_texts_may_be_absent_or_null_and_nothing_else) {
  const auto body = boost::json::parse(R"({"a":"x","b":null,"c":1})").as_object();
  EXPECT_EQ(*optional_text(body, "a"), "x");
  EXPECT_FALSE(optional_text(body, "b")->has_value());
  EXPECT_FALSE(optional_text(body, "d")->has_value());
  EXPECT_EQ(optional_text(body, "c").error().param, "c");
}

}  // namespace
}  // namespace pixelvault::api
