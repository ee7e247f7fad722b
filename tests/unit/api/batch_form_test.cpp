#include "api/batch_form.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/api/batch_reading.hpp"
#include "unit/api/fake_body.hpp"

namespace pixelvault::api {
namespace {

using domain::ErrorCode;
using testing::ElementsAre;

constexpr std::uint64_t kLimit = 100'000;
constexpr std::string_view kForm = "multipart/form-data; boundary=XX";

std::string part(const std::string& disposition, const std::string& content) {
  return "--XX\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
}
std::string file(const std::string& name, const std::string& content) {
  return part("name=\"" + name + "\"; filename=\"" + content + ".png\"", content);
}
const std::string kEnd = "--XX--\r\n";

support::ReadBatch read(std::string bytes, std::string_view type = kForm) {
  support::FakeBody body(std::move(bytes));
  auto request = body.request(type);
  const auto form = make_batch_form(request, kLimit);
  if (!form) return {.parts = {}, .error = form.error()};
  return support::run(support::read_batch(**form));
}

TEST(BatchForm, files_and_fields_come_in_the_order_of_the_form) {
  EXPECT_THAT(
      read(part("name=\"collection\"", "Cats") + file("files", "a") + file("file[]", "b") +
           part("name=\"folder\"", "x") + file("files[]", "c") + file("file", "d") + kEnd)
          .parts,
      ElementsAre("shared collection=Cats", "image a.png", "data a", "image b.png", "data b",
                  "shared folder=x", "image c.png", "data c", "image d.png", "data d", "end"));
}

TEST(BatchForm, a_file_part_without_a_filename_is_a_file) {
  EXPECT_THAT(read(part("name=\"files\"", "a") + kEnd).parts,
              ElementsAre("image ", "data a", "end"));
}

TEST(BatchForm, metadata_is_brought_to_its_shortest_form) {
  EXPECT_THAT(read(part("name=\"metadata\"", R"({ "a" : "b" })") + kEnd).parts,
              ElementsAre(R"(shared metadata={"a":"b"})", "end"));
  EXPECT_EQ(read(part("name=\"metadata\"", "[]") + kEnd).error->param, "metadata");
}

TEST(BatchForm, a_file_under_another_name_is_refused_with_the_right_one) {
  const auto error = read(file("files", "a") + file("picture", "b") + kEnd).error;
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code, ErrorCode::NoFile);
  EXPECT_EQ(error->param, "files");
  EXPECT_TRUE(error->message.contains("'picture'"));
}

TEST(BatchForm, a_field_that_is_too_long_is_refused) {
  EXPECT_FALSE(read(part("name=\"x\"", std::string(8192, 'a')) + kEnd).error.has_value());
  EXPECT_EQ(read(part("name=\"x\"", std::string(8193, 'a')) + kEnd).error->code,
            ErrorCode::RequestTooLarge);
}

TEST(BatchForm, a_form_without_its_end_is_an_error_after_its_files) {
  const auto batch = read(file("files", "a") + "--XX\r\n");
  EXPECT_EQ(batch.error->code, ErrorCode::InvalidMultipart);
}

TEST(BatchForm, a_form_that_breaks_inside_a_file_is_an_error) {
  EXPECT_EQ(read("--XX\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc").error->code,
            ErrorCode::InvalidMultipart);
}

TEST(BatchForm, a_boundary_that_cannot_be_is_refused) {
  EXPECT_EQ(read("x", "multipart/form-data").error->code, ErrorCode::InvalidMultipart);
}

TEST(BatchForm, everything_else_is_json_whatever_its_type_says) {
  for (const std::string_view type :
       {"application/json", "text/plain", "", "application/x-www-form-urlencoded"}) {
    EXPECT_THAT(read(R"({"images":[{"data":"Zm9v"}]})", type).parts,
                ElementsAre("image ", "data foo", "end"))
        << type;
  }
}

TEST(BatchForm, a_declared_length_above_the_limit_is_refused_before_a_byte_is_read) {
  for (const std::string_view type : {kForm, std::string_view("application/json")}) {
    support::FakeBody body("x");
    auto request = body.request(type);
    request.content_length = kLimit + 1;
    const auto form = make_batch_form(request, kLimit);
    ASSERT_FALSE(form.has_value());
    EXPECT_EQ(form.error().code, ErrorCode::RequestTooLarge);
    EXPECT_EQ(form.error().limit, kLimit);
    EXPECT_EQ(form.error().actual, kLimit + 1);
    EXPECT_EQ(body.bytes_read, 0U);
    request.content_length = kLimit;
    EXPECT_TRUE(make_batch_form(request, kLimit).has_value());
  }
}

TEST(BatchForm, an_undeclared_length_is_counted) {
  support::FakeBody body(file("files", std::string(2000, 'a')) + kEnd);
  auto request = body.request(kForm);
  request.content_length.reset();
  const auto form = make_batch_form(request, 1000);
  EXPECT_EQ(support::run(support::read_batch(**form)).error->code, ErrorCode::RequestTooLarge);
  EXPECT_LT(body.bytes_read, 1100U);
}

TEST(BatchForm, what_follows_the_form_is_read_off) {
  support::FakeBody body(file("files", "a") + kEnd + "an epilogue");
  auto request = body.request(kForm);
  const auto form = make_batch_form(request, kLimit);
  EXPECT_EQ(support::run(support::read_batch(**form)).parts.back(), "end");
  EXPECT_EQ(body.bytes_read, *request.content_length);
}

}  // namespace
}  // namespace pixelvault::api
