// What deliveries say to caches, what a link must look like, and what is metered.
#include "api/delivery.hpp"

#include <gtest/gtest.h>

#include "unit/services/world.hpp"

namespace pixelvault::api {
namespace {

using domain::ErrorCode;
using domain::Result;
using support::run;
using Query = std::vector<std::pair<std::string, std::string>>;

class DeliveryAnswers : public testing::Test {
 protected:
  domain::Image add(std::vector<services::UploadForm::Field> fields = {}) {
    return world_.upload(world_.photo(1), std::move(fields))->image;
  }
  domain::Image add_private() { return add({{"visibility", "private"}}); }

  Result<http::Response> deliver(const domain::Image& image,
                                 http::Method method = http::Method::Get) {
    http::Request request{.method = method, .target = {.path = "/"}};
    const auto [project, file] = place(image);
    return run(api_.deliver(request, {project, file}));
  }
  Result<http::Response> deliver_private(const domain::Image& image, Query query) {
    http::Request request{.method = http::Method::Get,
                          .target = {.path = "/", .query = std::move(query)}};
    const auto [project, file] = place(image);
    return run(api_.deliver_private(request, {project, file}));
  }
  Query link(const domain::Image& image, std::chrono::seconds lifetime) {
    const auto link = run(world_.links.sign(image, lifetime));
    const auto token = link.path.find("?token=") + 7;
    return {{"token", link.path.substr(token, link.path.find('&') - token)},
            {"expires", std::to_string(link.expires)}};
  }
  static std::pair<std::string, std::string> place(const domain::Image& image) {
    return {image.project.to_string(), image.id.to_string() + ".jpg"};
  }
  static std::string cache_control(const Result<http::Response>& response) {
    constexpr std::string_view kName = "Cache-Control: ";
    std::string lines = response->shared_fields ? *response->shared_fields : "";
    for (const auto& [field, value] : response->fields) {
      lines.append(field).append(": ").append(value).append("\r\n");
    }
    const auto start = lines.find(kName);
    if (start == lines.npos) return "(absent)";
    EXPECT_EQ(lines.find(kName, start + 1), lines.npos) << "said twice";
    return lines.substr(start + kName.size(), lines.find('\r', start) - start - kName.size());
  }

  support::World world_;
  DeliveryApi api_{world_.delivery};
};

TEST_F(DeliveryAnswers, caches_keep_an_image_as_long_as_its_url_works) {
  EXPECT_EQ(cache_control(deliver(add())), "public, max-age=31536000, immutable");
  EXPECT_EQ(cache_control(deliver(add({{"expires_in", "60"}}))), "public, max-age=60");
  const auto secret = add_private();
  EXPECT_EQ(cache_control(deliver_private(secret, link(secret, std::chrono::seconds(90)))),
            "private, max-age=90");
  const auto brief = add({{"visibility", "private"}, {"expires_in", "60"}});
  EXPECT_EQ(cache_control(deliver_private(brief, link(brief, std::chrono::seconds(90)))),
            "private, max-age=60");
}

TEST_F(DeliveryAnswers, a_link_has_one_spelling_and_may_have_other_parameters) {
  const auto image = add_private();
  const auto good = link(image, std::chrono::seconds(90));
  EXPECT_TRUE(deliver_private(image, good).has_value());
  auto more = good;
  more.insert(more.begin(), {"w", "100"});
  EXPECT_TRUE(deliver_private(image, more).has_value());

  const auto& [token, expires] = std::tie(good[0], good[1]);
  for (const auto& bad : std::vector<Query>{{},
                                            {token},
                                            {expires},
                                            {token, token, expires},
                                            {token, expires, expires},
                                            {token, {"expires", "0" + expires.second}},
                                            {token, {"expires", "+" + expires.second}},
                                            {token, {"expires", expires.second + " "}},
                                            {token, {"expires", "-1"}},
                                            {token, {"expires", "99999999999999999999"}},
                                            {{"token", ""}, expires},
                                            {{"Token", token.second}, expires}}) {
    const auto refused = deliver_private(image, bad);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidSignature);
  }
}

TEST_F(DeliveryAnswers, only_bodies_of_live_images_are_metered) {
  const auto image = add();
  EXPECT_TRUE(deliver(image)->on_sent);
  EXPECT_FALSE(deliver(image, http::Method::Head)->on_sent);
  const auto test_image = world_.upload_as(world_.test_caller(), world_.photo(1))->image;
  EXPECT_FALSE(deliver(test_image)->on_sent);
}

TEST_F(DeliveryAnswers, over_the_bandwidth_bodies_end_and_heads_do_not) {
  world_.plans.set({.name = "free", .bandwidth_bytes_per_month = 10});
  const auto image = add();
  deliver(image)->on_sent(10);
  EXPECT_EQ(deliver(image).error().code, ErrorCode::BandwidthQuotaExceeded);
  EXPECT_EQ(deliver(image, http::Method::Head)->status, 200U);
}

}  // namespace
}  // namespace pixelvault::api
