#include "api/upload_form.hpp"

#include <gtest/gtest.h>

#include "support/run_task.hpp"
#include "unit/api/fake_body.hpp"

namespace pixelvault::api {
namespace {

using domain::ErrorCode;
using services::UploadForm;
using support::FakeBody;

constexpr const char* kType = "multipart/form-data; boundary=XX";

std::string part(const std::string& disposition, const std::string& value) {
  return "--XX\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + value + "\r\n";
}

/// The parts of a form as one line each, up to its end or its first error.
struct Walk {
  std::vector<std::string> parts;
  std::optional<domain::Error> error;
};

base::task<Walk> walk(http::Request& request) {
  Walk walked;
  const auto form = make_upload_form(request);
  if (!form) {
    walked.error = form.error();
    co_return walked;
  }
  for (;;) {
    auto next = co_await (*form)->next();
    if (!next) {
      walked.error = next.error();
      co_return walked;
    }
    if (std::holds_alternative<UploadForm::End>(*next)) co_return walked;
    if (const auto* field = std::get_if<UploadForm::Field>(&*next)) {
      walked.parts.push_back(field->name + "=" + field->value);
      continue;
    }
    std::string line = "file " + std::get<UploadForm::File>(*next).filename + ":";
    for (;;) {
      const auto bytes = co_await (*form)->read();
      if (!bytes) {
        walked.error = bytes.error();
        co_return walked;
      }
      if (bytes->empty()) break;
      line += base::as_text(*bytes);
    }
    walked.parts.push_back(line);
  }
}

Walk walk_body(FakeBody& body, std::string_view type) {
  auto request = body.request(type);
  return support::run(walk(request));
}

TEST(MultipartForm, gives_fields_and_the_file_in_their_order) {
  FakeBody body(part("name=folder", "cats") + part("name=file; filename=a.jpg", "BYTES") +
                part("name=metadata", "{ \"k\" : \"v\" }") + "--XX--\r\n");
  const auto walked = walk_body(body, kType);
  EXPECT_FALSE(walked.error.has_value());
  EXPECT_EQ(walked.parts,
            (std::vector<std::string>{"folder=cats", "file a.jpg:BYTES", R"(metadata={"k":"v"})"}));
}

TEST(MultipartForm, a_file_part_needs_no_filename) {
  FakeBody body(part("name=file", "BYTES") + "--XX--\r\n");
  EXPECT_EQ(walk_body(body, kType).parts, std::vector<std::string>{"file :BYTES"});
}

TEST(MultipartForm, a_file_under_another_name_is_told_where_it_belongs) {
  FakeBody body(part("name=image; filename=a.jpg", "BYTES") + "--XX--\r\n");
  const auto walked = walk_body(body, kType);
  ASSERT_TRUE(walked.error.has_value());
  EXPECT_EQ(walked.error->code, ErrorCode::NoFile);
  EXPECT_NE(walked.error->message.find("'image'"), std::string::npos);
}

TEST(MultipartForm, a_body_that_ends_early_is_malformed) {
  FakeBody body(part("name=file; filename=a.jpg", "BYTES"));
  EXPECT_EQ(walk_body(body, kType).error->code, ErrorCode::InvalidMultipart);
}

TEST(MultipartForm, every_way_a_body_can_break_has_its_code) {
  for (const auto& [failure, code] : {std::pair{base::ReadError::Ended, ErrorCode::InvalidRequest},
                                      {base::ReadError::Malformed, ErrorCode::InvalidRequest},
                                      {base::ReadError::TimedOut, ErrorCode::RequestTimeout}}) {
    FakeBody body(part("name=file; filename=a.jpg", "BYTES"));
    body.ends_with = failure;
    EXPECT_EQ(walk_body(body, kType).error->code, code);
  }
}

TEST(MultipartForm, a_field_has_a_size_limit) {
  FakeBody fits(part("name=note", std::string(kMaxFieldBytes, 'x')) + "--XX--\r\n");
  EXPECT_FALSE(walk_body(fits, kType).error.has_value());
  FakeBody body(part("name=note", std::string(kMaxFieldBytes + 1, 'x')) + "--XX--\r\n");
  EXPECT_EQ(walk_body(body, kType).error->code, ErrorCode::RequestTooLarge);
}

TEST(MultipartForm, everything_beside_the_file_together_has_a_size_limit) {
  std::string fields;
  for (int i = 0; i < 20; ++i) fields += part("name=note", std::string(kMaxFieldBytes - 100, 'x'));
  FakeBody many(fields + "--XX--\r\n");
  EXPECT_EQ(walk_body(many, kType).error->code, ErrorCode::RequestTooLarge);
  EXPECT_LT(many.bytes_read, 2 * kFormOverhead);
  FakeBody epilogue(part("name=file", "BYTES") + "--XX--\r\n" +
                    std::string(3 * kFormOverhead, ' '));
  EXPECT_EQ(walk_body(epilogue, kType).error->code, ErrorCode::RequestTooLarge);
  EXPECT_LT(epilogue.bytes_read, 2 * kFormOverhead);
  FakeBody file(part("name=file", std::string(10 * kFormOverhead, 'x')) + "--XX--\r\n");
  EXPECT_FALSE(walk_body(file, kType).error.has_value());
}

TEST(MultipartForm, its_declared_length_bounds_the_file_from_below) {
  FakeBody body(std::string(200'000, 'x'));
  auto request = body.request(kType);
  EXPECT_EQ((*make_upload_form(request))->declared_size().at_least, 200'000 - kFormOverhead);
  request.content_length = std::nullopt;
  EXPECT_EQ((*make_upload_form(request))->declared_size().at_least, 0U);
}

TEST(MultipartForm, a_boundary_that_cannot_be_is_refused) {
  FakeBody body("x");
  EXPECT_EQ(walk_body(body, "multipart/form-data").error->code, ErrorCode::InvalidMultipart);
}

TEST(RawForm, takes_the_body_as_the_file_and_the_query_as_fields) {
  FakeBody body("BYTES and more");
  auto request = body.request("image/jpeg");
  request.target.query = {{"folder", "cats"}, {"filename", "a.jpg"}};
  const auto walked = support::run(walk(request));
  EXPECT_EQ(walked.parts,
            (std::vector<std::string>{"folder=cats", "filename=a.jpg", "file :BYTES and more"}));
  EXPECT_EQ((*make_upload_form(request))->declared_size().at_least, 14U);
  EXPECT_TRUE((*make_upload_form(request))->declared_size().exact);
}

TEST(RawForm, any_other_content_type_or_none_is_the_bytes_of_a_picture) {
  for (const auto* type : {"", "application/octet-stream", "application/x-www-form-urlencoded"}) {
    FakeBody body("BYTES");
    EXPECT_EQ(walk_body(body, type).parts, std::vector<std::string>{"file :BYTES"}) << type;
  }
}

TEST(RawForm, no_body_and_no_type_is_no_file) {
  FakeBody body("");
  EXPECT_EQ(walk_body(body, "").error->code, ErrorCode::NoFile);
}

TEST(RawForm, metadata_in_the_query_must_be_an_object_of_strings) {
  for (const auto* bad : {"", "[]", "{\"a\":1}", "{", "null"}) {
    FakeBody body("BYTES");
    auto request = body.request("image/png");
    request.target.query = {{"metadata", bad}};
    const auto walked = support::run(walk(request));
    ASSERT_TRUE(walked.error.has_value()) << bad;
    EXPECT_EQ(walked.error->param, "metadata");
  }
}

}  // namespace
}  // namespace pixelvault::api
