#include "api/guards.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>

#include "api/json_body.hpp"
#include "api/not_supported.hpp"
#include "base/unavailable.hpp"
#include "unit/api/fake_body.hpp"
#include "unit/services/account_world.hpp"

namespace pixelvault::api {
namespace {

namespace json = boost::json;

/// Handlers that note whom they were called for.
class EchoApi {
 public:
  int calls = 0;

  Answer key(domain::Caller caller, http::Request&, http::PathValues) {
    ++calls;
    co_return json_response(200, {{"key", caller.key.to_string()}});
  }
  Answer session(domain::SessionCaller caller, http::Request&, http::PathValues) {
    ++calls;
    co_return json_response(200, {{"account", caller.account.to_string()}});
  }
  Answer any(domain::AnyCaller caller, http::Request&, http::PathValues) {
    ++calls;
    co_return json_response(200, {{"kind", caller.index()}});
  }
  Answer fail(domain::Caller, http::Request&, http::PathValues) {
    co_return domain::fail({.code = domain::ErrorCode::NoFile, .message = "m"});
  }
  Answer break_down(domain::Caller, http::Request&, http::PathValues) {
    throw base::Unavailable(base::Unavailable::Kind::Retry, "secret detail");
    co_return http::Response{};
  }
};

class Guards : public testing::Test, protected services::AccountWorld {
 protected:
  void SetUp() override {
    key_ = registered().api_key;
    token_ = log_in().token;
  }

  http::Response ask(const http::Handler& handler, const std::string& credential) {
    const auto header = "Bearer " + credential;
    body_.emplace("{}");
    auto request = body_->request("application/json");
    request.request_id = "req_1";
    if (!credential.empty()) request.fields.push_back({"Authorization", header});
    return support::run(handler(request, {}));
  }
  http::Handler on_key(domain::Scope scope = domain::Scope::ImagesRead) {
    return with_key(gate_, scope, api_, &EchoApi::key);
  }
  static std::string field(const http::Response& response, std::string_view name) {
    const auto found =
        std::ranges::find(response.fields, name, [](const auto& f) { return f.first; });
    return found == response.fields.end() ? "" : found->second;
  }
  static std::string code(const http::Response& response) {
    const auto body = json::parse(std::get<std::string>(response.body));
    return std::string(body.at("error").at("code").as_string());
  }
  std::string narrow_key(domain::Scope scope) {
    domain::Scopes scopes;
    scopes.add(scope);
    const services::KeyService::NewKey request{.scopes = scopes};
    const auto project = accounts.registrations().front().project.id.to_string();
    return support::run(key_service.create(session_caller(), project, request))->api_key;
  }

  std::string key_;
  std::string token_;
  EchoApi api_;
  std::optional<support::FakeBody> body_;
  services::RateLimiter limits_{{.requests = {.requests = 3, .period = std::chrono::seconds(60)}},
                                clock};
  services::KeyUses uses_{keys, clock};
  Gate gate_{authentication, limits_, uses_};
};

TEST_F(Guards, let_the_right_credential_through) {
  EXPECT_EQ(ask(on_key(), key_).status, 200U);
  EXPECT_EQ(ask(with_session(gate_, api_, &EchoApi::session), token_).status, 200U);
  EXPECT_EQ(ask(with_any(gate_, api_, &EchoApi::any), key_).status, 200U);
  EXPECT_EQ(ask(with_any(gate_, api_, &EchoApi::any), token_).status, 200U);
  EXPECT_EQ(api_.calls, 4);
}

TEST_F(Guards, answer_401_without_a_valid_credential_and_read_nothing) {
  for (const auto& handler : {on_key(), with_session(gate_, api_, &EchoApi::session),
                              with_any(gate_, api_, &EchoApi::any)}) {
    for (const auto& credential : {std::string(), std::string("nonsense"), key_ + "x"}) {
      const auto response = ask(handler, credential);
      EXPECT_EQ(response.status, 401U);
      EXPECT_EQ(field(response, "WWW-Authenticate"), "Bearer");
      EXPECT_EQ(field(response, "RateLimit-Limit"), "");
      EXPECT_EQ(body_->bytes_read, 0U);
    }
  }
  EXPECT_EQ(api_.calls, 0);
}

TEST_F(Guards, answer_403_to_the_wrong_kind_of_credential_and_say_which_is_right) {
  const auto with_token = ask(on_key(), token_);
  EXPECT_EQ(with_token.status, 403U);
  EXPECT_EQ(code(with_token), "forbidden");
  EXPECT_NE(std::get<std::string>(with_token.body).find("API key"), std::string::npos);
  const auto by_key = ask(with_session(gate_, api_, &EchoApi::session), key_);
  EXPECT_EQ(by_key.status, 403U);
  EXPECT_NE(std::get<std::string>(by_key.body).find("session"), std::string::npos);
  EXPECT_EQ(field(by_key, "RateLimit-Limit"), "3");
  EXPECT_EQ(api_.calls, 0);
}

TEST_F(Guards, check_each_scope_for_itself) {
  for (const auto has : domain::kScopes) {
    const auto key = narrow_key(has);
    for (const auto needed : domain::kScopes) {
      clock.advance(std::chrono::minutes(1));
      const auto response = ask(on_key(needed), key);
      EXPECT_EQ(response.status, has == needed ? 200U : 403U);
      if (has == needed) continue;
      const auto text = std::get<std::string>(response.body);
      EXPECT_NE(text.find(domain::scope_name(needed)), std::string::npos) << text;
    }
  }
}

TEST_F(Guards, carry_the_rate_limit_with_every_answer_to_a_key) {
  const auto good = ask(on_key(), key_);
  EXPECT_EQ(field(good, "RateLimit-Limit"), "3");
  EXPECT_EQ(field(good, "RateLimit-Remaining"), "2");
  EXPECT_EQ(field(good, "RateLimit-Reset"), "20");
  const auto bad = ask(with_key(gate_, domain::Scope::ImagesRead, api_, &EchoApi::fail), key_);
  EXPECT_EQ(bad.status, 400U);
  EXPECT_EQ(field(bad, "RateLimit-Remaining"), "1");
  const auto broken =
      ask(with_key(gate_, domain::Scope::ImagesRead, api_, &EchoApi::break_down), key_);
  EXPECT_EQ(broken.status, 503U);
  EXPECT_EQ(field(broken, "RateLimit-Remaining"), "0");
  EXPECT_EQ(std::get<std::string>(broken.body).find("secret"), std::string::npos);
}

TEST_F(Guards, answer_429_over_the_limit_until_the_time_that_they_tell) {
  for (int i = 0; i < 3; ++i) ASSERT_EQ(ask(on_key(), key_).status, 200U);
  const auto refused = ask(on_key(), key_);
  EXPECT_EQ(refused.status, 429U);
  EXPECT_EQ(code(refused), "rate_limited");
  EXPECT_EQ(field(refused, "Retry-After"), "20");
  EXPECT_EQ(field(refused, "RateLimit-Remaining"), "0");
  EXPECT_EQ(field(refused, "RateLimit-Reset"), "60");
  EXPECT_EQ(body_->bytes_read, 0U);
  EXPECT_EQ(api_.calls, 3);
  clock.advance(std::chrono::seconds(20));
  EXPECT_EQ(ask(on_key(), key_).status, 200U);
}

TEST_F(Guards, note_when_a_key_was_used) {
  ask(on_key(), key_);
  support::run(uses_.flush());
  EXPECT_EQ(keys.keys().front().last_used_at, clock.now());
}

TEST_F(Guards, what_is_not_supported_says_so_after_the_check_of_the_key) {
  NotSupportedApi api;
  const auto generate =
      with_key(gate_, domain::Scope::ImagesWrite, api, &NotSupportedApi::generate);
  EXPECT_EQ(ask(generate, "").status, 401U);
  EXPECT_EQ(ask(generate, key_).status, 501U);
  EXPECT_EQ(code(ask(generate, key_)), "not_supported");
  const auto device = anyone(api, &NotSupportedApi::device_login);
  EXPECT_EQ(code(ask(device, "")), "not_supported");
}

}  // namespace
}  // namespace pixelvault::api
