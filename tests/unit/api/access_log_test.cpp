#include "api/access_log.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace pixelvault::api {
namespace {

using base::LogFormat;
namespace json = boost::json;

constexpr std::string_view kSecret = "pv_live_9f2kQ7xR1mZ4bT8wY3cV6nL0pS5dH2jK";

/// A request that was answered, with the pieces of its line for a test to change.
struct Answered {
  http::Request request{.method = http::Method::Get,
                        .target = {.path = "/v1/images"},
                        .request_id = "req_1",
                        .remote_address = "203.0.113.9"};
  http::Exchange exchange() const {
    return {.method = "GET",
            .path = request.target.path,
            .request_id = request.request_id,
            .status = 200,
            .body_bytes_read = 3,
            .body_bytes_sent = 5,
            .took = std::chrono::microseconds(42),
            .complete = true,
            .request = &request};
  }
  json::object line(const http::Exchange& over, std::string_view route = "/route") const {
    return json::parse('{' + access_line(over, route, LogFormat::Json).text() + '}').as_object();
  }
  json::object line() const { return line(exchange()); }
  std::string text() const { return access_line(exchange(), "/route", LogFormat::Text).text(); }
};

TEST(AccessLog, json_has_every_field) {
  Answered answered;
  answered.request.notes.add("project", "proj_a");
  answered.request.notes.add("image", "img_b");
  answered.request.fields = {
      {"traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}};
  const json::object expected{{"message", "request"},
                              {"method", "GET"},
                              {"path", "/v1/images"},
                              {"status", 200},
                              {"route", "/route"},
                              {"bytes_in", 3},
                              {"bytes_out", 5},
                              {"micros", 42},
                              {"request_id", "req_1"},
                              {"project", "proj_a"},
                              {"image", "img_b"},
                              {"remote", "203.0.113.9"},
                              {"trace_id", "4bf92f3577b34da6a3ce929d0e0e4736"}};
  EXPECT_EQ(answered.line(), expected);
}

TEST(AccessLog, text_is_one_line_of_words) {
  Answered answered;
  answered.request.notes.add("project", "proj_a");
  EXPECT_EQ(answered.text(),
            "GET /v1/images 200 in=3 out=5 us=42 req_1 project=proj_a remote=203.0.113.9");
}

TEST(AccessLog, a_delivery_has_project_and_image_from_its_path) {
  for (const auto* path : {"/proj_a/img_b.jpg", "/proj_a/cp/i/img_b.jpg"}) {
    Answered answered;
    answered.request.target.path = path;
    EXPECT_EQ(answered.line().at("project"), "proj_a");
    EXPECT_EQ(answered.line().at("image"), "img_b");
  }
}

TEST(AccessLog, a_credential_in_path_or_id_is_cut_off) {
  Answered answered;
  const std::string secret(kSecret);
  for (std::string path : {"/v1/keys/#", "/proj_#/#.jpg", "/##/x", "/pv_live_#"}) {
    for (auto at = path.find('#'); at != std::string::npos; at = path.find('#')) {
      path.replace(at, 1, secret);
    }
    answered.request.target.path = path;
    answered.request.request_id = secret;
    for (const auto& line : {json::serialize(answered.line()), answered.text()}) {
      EXPECT_EQ(line.find(secret.substr(8)), std::string::npos) << line;
      EXPECT_NE(line.find("pv_live_***"), std::string::npos) << line;
    }
  }
}

TEST(AccessLog, queries_and_headers_are_not_in_it) {
  Answered answered;
  const std::string secret(kSecret);
  const std::string header = "Bearer " + secret;
  answered.request.target.query = {{"token", "S1GNATURE"}, {"expires", "1"}};
  answered.request.fields = {{"Authorization", header}, {"Cookie", "S1GNATURE"}};
  for (const auto& line : {json::serialize(answered.line()), answered.text()}) {
    EXPECT_EQ(line.find(secret.substr(8)), std::string::npos) << line;
    EXPECT_EQ(line.find("S1GNATURE"), std::string::npos) << line;
  }
}

TEST(AccessLog, a_trace_that_breaks_the_rules_is_no_trace) {
  Answered answered;
  answered.request.fields = {{"traceparent", "00-xyz"}};
  EXPECT_FALSE(answered.line().contains("trace_id"));
}

TEST(AccessLog, what_was_no_request_and_what_was_cut_are_told) {
  const Answered answered;
  auto exchange = answered.exchange();
  exchange.request = nullptr;
  exchange.complete = false;
  const auto line = answered.line(exchange);
  EXPECT_FALSE(line.contains("remote"));
  EXPECT_EQ(line.at("cut"), "yes");
}

TEST(AccessLog, a_line_end_in_a_path_begins_no_line) {
  Answered answered;
  answered.request.target.path = "/a\nb\xff";
  EXPECT_EQ(answered.text().find('\n'), std::string::npos);
  EXPECT_EQ(answered.line().at("path"), "/a\nb\uFFFD");
}

}  // namespace
}  // namespace pixelvault::api
