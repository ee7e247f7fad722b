#include "api/import_form.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/run_task.hpp"
#include "unit/api/fake_body.hpp"

namespace pixelvault::api {
namespace {

using domain::ErrorCode;
using support::FakeBody;

domain::Result<services::ImportRequest> read(const std::string& text) {
  FakeBody body(text);
  auto request = body.request("application/json");
  return support::run(read_import(request));
}

domain::Error refuse(const std::string& text) {
  const auto result = read(text);
  EXPECT_FALSE(result.has_value()) << text;
  return result ? domain::Error{.code = ErrorCode::Internal, .message = ""} : result.error();
}

TEST(ImportForm, is_told_by_its_content_type) {
  FakeBody body("{}");
  EXPECT_TRUE(is_import(body.request("application/json")));
  EXPECT_TRUE(is_import(body.request("Application/JSON; charset=utf-8")));
  EXPECT_FALSE(is_import(body.request("image/png")));
  EXPECT_FALSE(is_import(body.request("multipart/form-data; boundary=x")));
  EXPECT_FALSE(is_import(body.request("")));
}

TEST(ImportForm, a_url_is_enough) {
  const auto request = read(R"({"url": "https://example.com/a.png", "unknown": [1]})").value();
  EXPECT_EQ(request.url, "https://example.com/a.png");
  EXPECT_EQ(request.options.metadata, "{}");
  EXPECT_FALSE(request.options.filename.has_value());
}

TEST(ImportForm, knows_the_trace_that_the_request_belongs_to) {
  constexpr std::string_view kTrace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  for (const auto sent : {kTrace, kTrace.substr(1)}) {
    FakeBody body(R"({"url": "u"})");
    auto request = body.request("application/json");
    request.fields.push_back({"TraceParent", sent});
    const auto import = support::run(read_import(request)).value();
    EXPECT_EQ(import.trace, domain::parse_traceparent(sent));
    EXPECT_EQ(import.trace.has_value(), sent == kTrace);
  }
}

TEST(ImportForm, takes_every_option_of_an_upload) {
  const auto options = read(R"({"url": "u", "folder": "/cats/", "filename": "x/a.png",
      "visibility": "private", "expires_in": 60, "sign_expires_in": 2592000.0,
      "metadata": { "k" : "v" }, "describe": false})")
                           .value()
                           .options;
  EXPECT_EQ(options.folder, "cats");
  EXPECT_EQ(options.filename, "a.png");
  EXPECT_EQ(options.visibility, domain::Visibility::Private);
  EXPECT_EQ(options.expires_in, 60U);
  EXPECT_EQ(options.sign_expires_in, 2'592'000U);
  EXPECT_EQ(options.metadata, R"({"k":"v"})");
}

TEST(ImportForm, null_is_as_good_as_absent) {
  const auto options = read(R"({"url": "u", "folder": null, "filename": null, "visibility": null,
      "expires_in": null, "sign_expires_in": null, "metadata": null, "describe": null})");
  EXPECT_TRUE(options.has_value()) << options.error().message;
}

TEST(ImportForm, names_the_field_that_is_wrong) {
  const std::pair<std::string, std::string> examples[] = {
      {R"({})", "url"},
      {R"({"url": 1})", "url"},
      {R"({"url": "u", "folder": ".."})", "folder"},
      {R"({"url": "u", "visibility": "secret"})", "visibility"},
      {R"({"url": "u", "expires_in": 59})", "expires_in"},
      {R"({"url": "u", "sign_expires_in": 2592001})", "sign_expires_in"},
      {R"({"url": "u", "metadata": "text"})", "metadata"},
      {R"({"url": "u", "metadata": {"k": 1}})", "metadata"},
      {R"({"url": "u", "filename": []})", "filename"},
  };
  for (const auto& [text, param] : examples) {
    const auto error = refuse(text);
    EXPECT_EQ(error.code, ErrorCode::InvalidRequest) << text;
    EXPECT_EQ(error.param, param) << text;
  }
}

TEST(ImportForm, descriptions_are_not_made) {
  EXPECT_EQ(refuse(R"({"url": "u", "describe": true})").code, ErrorCode::NotSupported);
  EXPECT_EQ(refuse(R"({"url": "u", "describe": "true"})").code, ErrorCode::NotSupported);
}

TEST(ImportForm, must_be_json) { EXPECT_EQ(refuse("url=u").code, ErrorCode::InvalidJson); }

}  // namespace
}  // namespace pixelvault::api
