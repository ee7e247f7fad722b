// The answers about images, over all services and fakes.
#include "api/images.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "api/links.hpp"
#include "api/usage.hpp"
#include "support/fake_http_fetcher.hpp"
#include "unit/api/fake_body.hpp"
#include "unit/services/world.hpp"

namespace pixelvault::api {
namespace {

namespace json = boost::json;
using domain::ErrorCode;
using domain::Result;
using support::FakeBody;
using support::run;

class ImagesAnswers : public testing::Test {
 protected:
  Result<http::Response> upload(http::Target target, std::string_view key = {}) {
    FakeBody body(world_.photo(1));
    body.chunk = 4096;
    auto request = body.request("image/jpeg");
    request.target = std::move(target);
    if (!key.empty()) request.fields.push_back({"Idempotency-Key", key});
    return run(images_.upload(world_.caller, request, {}));
  }
  Result<http::Response> patch(const std::string& id, const std::string& text) {
    FakeBody body(text);
    auto request = body.request("");
    return run(images_.update(world_.caller, request, {id}));
  }
  Result<http::Response> sign(const std::string& id, const std::string& text) {
    FakeBody body(text);
    auto request = body.request("");
    return run(links_.sign(world_.caller, request, {id}));
  }

  static json::object body_of(const Result<http::Response>& response) {
    return json::parse(std::get<std::string>(response->body)).as_object();
  }
  static json::object data_of(const Result<http::Response>& response) {
    return body_of(response).at("data").as_object();
  }
  static std::string header(const Result<http::Response>& response, std::string_view name) {
    for (const auto& [field, value] : response->fields) {
      if (field == name) return value;
    }
    return "(absent)";
  }

  support::World world_;
  ImagePresenter presenter_{world_.links, "https://img.example"};
  support::FakeHttpFetcher web_;
  services::ImportService imports_{{web_, world_.uploads, world_.staging, world_.plans}};
  ImagesApi images_{world_.uploads, imports_, world_.library, presenter_};
  LinksApi links_{world_.library, "https://img.example"};
  UsageApi usage_{world_.usage_service};
  const http::Target plain_{.path = "/v1/images"};
  const http::Target private_{.path = "/v1/images", .query = {{"visibility", "private"}}};
};

TEST_F(ImagesAnswers, a_new_image_is_201_and_a_replay_200_with_the_same_body) {
  for (const auto* key : {"", "key"}) {
    const auto first = upload(private_, key);
    world_.clock.advance(std::chrono::seconds(30));
    const auto again = upload(private_, key);
    ASSERT_TRUE(first.has_value() && again.has_value());
    EXPECT_EQ(first->status, 201U);
    EXPECT_EQ(header(first, "Idempotency-Replayed"), "(absent)");
    EXPECT_EQ(again->status, 200U);
    EXPECT_EQ(header(again, "Idempotency-Replayed"), "true");
    EXPECT_EQ(body_of(first), body_of(again));
    EXPECT_EQ(header(first, "Location"), header(again, "Location"));
  }
}

TEST_F(ImagesAnswers, a_private_image_comes_with_a_signed_link) {
  const auto data = data_of(upload(private_));
  const std::string url(data.at("url").as_string());
  EXPECT_TRUE(url.starts_with("https://img.example/proj_"));
  EXPECT_NE(url.find("/cp/i/img_"), std::string::npos);
  EXPECT_TRUE(url.ends_with("&expires=" + std::to_string(data.at("signed_expires").as_int64())));
  EXPECT_EQ(data.at("visibility"), "private");
}

TEST_F(ImagesAnswers, a_public_image_has_no_link_and_no_end) {
  const auto data = data_of(upload(plain_));
  EXPECT_TRUE(data.at("signed_expires").is_null());
  EXPECT_TRUE(data.at("expires_at").is_null());
  EXPECT_EQ(data.at("visibility"), "public");
}

TEST_F(ImagesAnswers, an_idempotency_key_has_a_form) {
  for (const auto& bad : {std::string(256, 'k'), std::string("tab\there"), std::string("\x7f")}) {
    const auto refused = upload(plain_, bad);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidRequest);
    EXPECT_EQ(refused.error().param, "Idempotency-Key");
  }
  EXPECT_TRUE(upload(plain_, std::string(255, '~')).has_value());
  EXPECT_EQ(world_.images.images().size(), 1U);
}

TEST_F(ImagesAnswers, a_patch_sets_clears_and_leaves) {
  const auto id = std::string(data_of(upload(plain_)).at("id").as_string());
  EXPECT_EQ(data_of(patch(id, R"({"folder":"a/b","metadata":{"k":"v"}})")).at("folder"), "a/b");
  const auto cleared = data_of(patch(id, R"({"folder":null,"filename":"b.jpg","x":1})"));
  EXPECT_EQ(cleared.at("folder"), "");
  EXPECT_EQ(cleared.at("filename"), "b.jpg");
  EXPECT_EQ(cleared.at("metadata").at("k"), "v");
  EXPECT_TRUE(data_of(patch(id, R"({"metadata":null})")).at("metadata").as_object().empty());
  for (const auto& [body, param] : {std::pair{R"({"folder":".."})", "folder"},
                                    {R"({"filename":5})", "filename"},
                                    {R"({"metadata":"text"})", "metadata"},
                                    {R"({"metadata":{"k":1}})", "metadata"}}) {
    EXPECT_EQ(patch(id, body).error().param, param) << body;
  }
}

TEST_F(ImagesAnswers, a_signed_link_tells_its_end_in_every_way_that_clients_read) {
  const auto id = std::string(data_of(upload(private_)).at("id").as_string());
  for (const auto& [body, lifetime] :
       {std::pair{"", 3600}, {"{}", 3600}, {R"({"expires_in":60})", 60}}) {
    const auto data = data_of(sign(id, body));
    const auto now = base::to_unix_millis(world_.clock.now()) / 1000;
    EXPECT_EQ(data.at("expires").as_int64(), now + lifetime) << body;
    EXPECT_EQ(data.at("signed_expires"), data.at("expires"));
    EXPECT_EQ(data.at("expires_at").as_string(),
              base::to_rfc3339(base::from_unix_millis((now + lifetime) * 1000)));
  }
  for (const auto* bad : {R"({"expires_in":59})", R"({"expires_in":2592001})"}) {
    EXPECT_EQ(sign(id, bad).error().param, "expires_in") << bad;
  }
  const auto open = std::string(data_of(upload(plain_)).at("id").as_string());
  EXPECT_EQ(sign(open, "").error().code, ErrorCode::InvalidRequest);
}

TEST_F(ImagesAnswers, usage_tells_every_limit_or_that_there_is_none) {
  world_.plans.set({.name = "free", .storage_bytes = 10, .uploads_per_month = 7});
  FakeBody body("");
  auto request = body.request("");
  const auto data = data_of(run(usage_.get(world_.caller, request, {})));
  EXPECT_EQ(data.at("plan"), "free");
  EXPECT_EQ(data.at("uploads"), (json::object{{"used", 0}, {"limit", 7}, {"remaining", 7}}));
  EXPECT_TRUE(data.at("bandwidth").at("limit").is_null());
  EXPECT_TRUE(data.at("private_images").at("remaining").is_null());
  EXPECT_EQ(data.at("resets_at"), "2026-12-01T00:00:00.000Z");
  EXPECT_EQ(data.at("limits").at("storage_bytes"), 10);
}

TEST_F(ImagesAnswers, somebody_over_a_plan_that_was_cut_has_nothing_left_and_no_less) {
  ASSERT_TRUE(upload(plain_).has_value());
  world_.plans.set({.name = "free", .storage_bytes = 10, .uploads_per_month = 0});
  FakeBody body("");
  auto request = body.request("");
  const auto data = data_of(run(usage_.get(world_.caller, request, {})));
  EXPECT_EQ(data.at("storage").at("remaining"), 0);
  EXPECT_EQ(data.at("remaining").at("uploads"), 0);
}

}  // namespace
}  // namespace pixelvault::api
