#include "api/problem.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <set>

namespace pixelvault::api {
namespace {

namespace json = boost::json;
using domain::ErrorCode;

json::object body_of(const http::Response& response) {
  return json::parse(std::get<std::string>(response.body)).at("error").as_object();
}

std::string field(const http::Response& response, std::string_view name) {
  const auto found =
      std::ranges::find(response.fields, name, [](const auto& f) { return f.first; });
  return found == response.fields.end() ? "" : found->second;
}

TEST(Problem, carries_code_message_and_request_id) {
  const auto response =
      problem({.code = ErrorCode::NoFile, .message = "There is no file."}, "req_1");
  EXPECT_EQ(response.status, 400U);
  EXPECT_EQ(field(response, "Content-Type"), "application/json");
  EXPECT_EQ(field(response, "Cache-Control"), "no-store");
  EXPECT_EQ(body_of(response), (json::object{{"code", "no_file"},
                                             {"message", "There is no file."},
                                             {"request_id", "req_1"},
                                             {"docs", "/docs/errors#no_file"}}));
}

TEST(Problem, carries_the_facts_that_it_has) {
  const auto body = body_of(problem(
      {.code = ErrorCode::FileTooLarge, .message = "m", .param = "file", .limit = 5, .actual = 6},
      "r"));
  EXPECT_EQ(body.at("param"), "file");
  EXPECT_EQ(body.at("limit").to_number<int>(), 5);
  EXPECT_EQ(body.at("actual").to_number<int>(), 6);
}

TEST(Problem, an_unsupported_type_names_the_supported_ones) {
  const auto body = body_of(problem(
      {.code = ErrorCode::UnsupportedMediaType, .message = "m", .detected_type = "image/heic"},
      "r"));
  EXPECT_EQ(body.at("detected_type"), "image/heic");
  EXPECT_EQ(body.at("supported_types").as_array().size(), 6U);
}

TEST(Problem, statuses_bring_the_headers_that_belong_to_them) {
  EXPECT_EQ(
      field(problem({.code = ErrorCode::Unauthorized, .message = "m"}, "r"), "WWW-Authenticate"),
      "Bearer");
  EXPECT_FALSE(
      field(problem({.code = ErrorCode::Unavailable, .message = "m"}, "r"), "Retry-After").empty());
  EXPECT_EQ(
      field(problem({.code = ErrorCode::RangeNotSatisfiable, .message = "m", .actual = 9}, "r"),
            "Content-Range"),
      "bytes */9");
}

TEST(Problem, every_code_has_a_name_of_its_own_and_an_error_status) {
  std::set<std::string_view> names;
  const auto last = static_cast<int>(ErrorCode::InsufficientStorage);
  for (int i = 0; i <= last; ++i) {
    names.insert(code_name(static_cast<ErrorCode>(i)));
    EXPECT_GE(status_of(static_cast<ErrorCode>(i)), 400U);
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(last) + 1);
}

TEST(Problem, a_message_is_text_whatever_it_quotes) {
  const auto response = problem({.code = ErrorCode::NoFile, .message = "field '\xff\x01x'"}, "r");
  EXPECT_EQ(body_of(response).at("message"), "field 'x'");
}

}  // namespace
}  // namespace pixelvault::api
