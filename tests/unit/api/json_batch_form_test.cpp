#include "api/json_batch_form.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/api/batch_reading.hpp"
#include "unit/api/fake_body.hpp"

namespace pixelvault::api {
namespace {

using domain::ErrorCode;
using testing::ElementsAre;

constexpr std::uint64_t kLimit = 1'000'000;

support::ReadBatch read(const std::string& json, std::size_t piece = 7,
                        std::uint64_t limit = kLimit) {
  support::FakeBody body(json);
  body.chunk = piece;
  auto request = body.request("application/json");
  JsonBatchForm form(BatchBody(request, limit));
  return support::run(support::read_batch(form));
}

std::vector<std::string> parts_of(const std::string& json, std::size_t piece = 7) {
  auto batch = read(json, piece);
  EXPECT_FALSE(batch.error.has_value()) << json << ": " << batch.error->message;
  return batch.parts;
}

domain::Error error_of(const std::string& json) {
  const auto batch = read(json);
  EXPECT_TRUE(batch.error.has_value()) << json;
  return batch.error.value_or(domain::Error{.code = ErrorCode::Internal, .message = {}});
}

TEST(JsonBatchForm, gives_images_in_their_order_with_their_fields) {
  EXPECT_THAT(
      parts_of(R"({"collection": {"name": "Cats", "folder": "pets/cats", "visibility": "private"},
          "images": [{"data": "Zm9v", "filename": "a.png", "folder": "own"},
                     {"filename": "b.png", "data": "YmFy"}]})"),
      ElementsAre("shared collection=Cats", "shared folder=pets/cats", "shared visibility=private",
                  "image ", "data foo", "own filename=a.png", "own folder=own",  //
                  "image ", "own filename=b.png", "data bar", "end"));
}

TEST(JsonBatchForm, how_it_arrives_changes_nothing) {
  const std::string json =
      R"({"collection":"Cats","images":[{"data":"data:image/png;base64,Zm9vYmE=",)"
      R"("metadata":{"a":"\u00e4","b":"c"},"expires_in":3600},{"content":"YmFy"}]} )";
  const auto whole = parts_of(json, 1000);
  for (std::size_t piece = 1; piece < 40; ++piece) EXPECT_EQ(parts_of(json, piece), whole) << piece;
}

TEST(JsonBatchForm, every_name_of_the_data_means_the_same) {
  for (const std::string name : {"data", "content", "base64", "data_base64", "file"}) {
    EXPECT_THAT(parts_of(R"({"images":[{")" + name + R"(":"Zm9v"}]})"),
                ElementsAre("image ", "data foo", "end"))
        << name;
  }
}

TEST(JsonBatchForm, the_collection_may_be_a_name_alone) {
  EXPECT_THAT(parts_of(R"({"collection":"Cats","images":[]})"),
              ElementsAre("shared collection=Cats", "end"));
}

TEST(JsonBatchForm, fields_may_stand_beside_the_collection_and_come_last) {
  EXPECT_THAT(parts_of(R"({"images":[{"data":"Zm9v"}],"folder":"x","expires_in":60.0})"),
              ElementsAre("image ", "data foo", "shared folder=x", "shared expires_in=60", "end"));
}

TEST(JsonBatchForm, scalars_are_given_as_text_and_null_as_nothing) {
  EXPECT_THAT(parts_of(R"({"images":[{"expires_in":"90","sign_expires_in":100,"describe":true,
                           "folder":null,"filename":null,"metadata":null}]})"),
              ElementsAre("image ", "own expires_in=90", "own sign_expires_in=100",
                          "own describe=true", "end"));
}

TEST(JsonBatchForm, half_a_second_stays_half_a_second) {
  EXPECT_THAT(parts_of(R"({"images":[{"expires_in":60.5}]})"),
              ElementsAre("image ", "own expires_in=6.05E1", "end"));
}

TEST(JsonBatchForm, metadata_is_an_object_of_texts_or_its_text) {
  EXPECT_THAT(
      parts_of(R"({"images":[{"metadata": { "a" : "b" }}, {"metadata":"{\"c\": \"d\"}"}]})"),
      ElementsAre("image ", R"(own metadata={"a":"b"})", "image ", R"(own metadata={"c":"d"})",
                  "end"));
  EXPECT_THAT(parts_of(R"({"collection":{"metadata":{"a":"b"}},"images":[]})"),
              ElementsAre(R"(shared metadata={"a":"b"})", "end"));
}

TEST(JsonBatchForm, metadata_that_is_none_is_a_flaw_of_its_image_only) {
  for (const std::string metadata :
       {R"({"a":1})", R"({"a":{"b":"c"}})", R"({"a":["b"]})", R"({"a":null})", R"({"a":true})",
        R"(["a"])", "1", R"("no json")", R"("[1]")"}) {
    EXPECT_THAT(parts_of(R"({"images":[{"metadata":)" + metadata + R"(},{"data":"Zm9v"}]})"),
                ElementsAre("image ", "flaw metadata", "image ", "data foo", "end"))
        << metadata;
    EXPECT_EQ(error_of(R"({"metadata":)" + metadata + "}").param, "metadata") << metadata;
  }
}

TEST(JsonBatchForm, metadata_that_is_too_long_is_a_flaw) {
  const std::string big(5000, 'x');
  const std::string bigger(20'000, 'x');
  const std::vector<std::string> texts = {
      R"({"a":")" + big + R"("})", R"({"a":")" + bigger + R"("})", R"({")" + bigger + R"(":"a"})",
      R"({"a":")" + big + R"(","b":")" + big + R"(","c":")" + big + R"("})"};
  for (const auto& text : texts) {
    EXPECT_THAT(parts_of(R"({"images":[{"metadata":)" + text + "}]}"),
                ElementsAre("image ", "flaw metadata", "end"));
  }
}

TEST(JsonBatchForm, broken_base64_is_a_flaw_after_what_came_before_it) {
  EXPECT_THAT(parts_of(R"({"images":[{"data":"Zm9v!!","filename":"a"},{"data":"YmFy"}]})"),
              ElementsAre("image ", "data foo", "flaw data", "own filename=a", "image ", "data bar",
                          "end"));
  EXPECT_THAT(parts_of(R"({"images":[{"data":"Zm9"}]})"),
              ElementsAre("image ", "data ", "flaw data", "end"));
}

TEST(JsonBatchForm, data_that_is_no_text_is_a_flaw) {
  for (const std::string data : {"1", "true", R"(["Zm9v"])", R"({"a":"Zm9v"})", "1.5"}) {
    EXPECT_THAT(parts_of(R"({"images":[{"data":)" + data + "}]}"),
                ElementsAre("image ", "flaw data", "end"))
        << data;
  }
}

TEST(JsonBatchForm, an_image_has_its_data_once) {
  EXPECT_THAT(parts_of(R"({"images":[{"data":"Zm9v","base64":"YmFy"},{"data":"YmFy"}]})"),
              ElementsAre("image ", "data foo", "flaw base64", "image ", "data bar", "end"));
}

TEST(JsonBatchForm, an_image_that_is_no_object_is_a_flaw) {
  EXPECT_THAT(parts_of(R"({"images":["Zm9v", 1, null, ["Zm9v"]]})"),
              ElementsAre("image ", "flaw images", "image ", "flaw images", "image ", "flaw images",
                          "image ", "flaw images", "end"));
}

TEST(JsonBatchForm, a_field_that_is_no_text_is_a_flaw_or_an_error) {
  EXPECT_THAT(parts_of(R"({"images":[{"folder":{"a":"b"}},{"filename":["a"]}]})"),
              ElementsAre("image ", "flaw folder", "image ", "flaw filename", "end"));
  const auto error = error_of(R"({"collection":{"folder":["a"]}})");
  EXPECT_EQ(error.code, ErrorCode::InvalidRequest);
  EXPECT_EQ(error.param, "folder");
}

TEST(JsonBatchForm, what_nobody_knows_is_passed_over_whatever_it_is) {
  const std::string unknown = R"("x":{"images":[{"data":"!"}],"data":"!","metadata":1},"y":[[{}]],)"
                              R"("z":")" +
                              std::string(20'000, 'z') + R"(",")" + std::string(20'000, 'k') +
                              R"(":1,)";
  EXPECT_THAT(parts_of("{" + unknown + R"("collection":{)" + unknown +
                       R"("name":"c"},"images":[{)" + unknown + R"("data":"Zm9v"}]})"),
              ElementsAre("shared collection=c", "image ", "data foo", "end"));
}

TEST(JsonBatchForm, a_text_that_is_too_long_is_told) {
  const std::string longest(8192, 'x');
  EXPECT_THAT(parts_of(R"({"images":[{"filename":")" + longest + R"("}]})"),
              ElementsAre("image ", "own filename=" + longest, "end"));
  EXPECT_THAT(parts_of(R"({"images":[{"filename":")" + longest + R"(x"}]})"),
              ElementsAre("image ", "flaw filename", "end"));
  EXPECT_EQ(error_of(R"({"folder":")" + longest + R"(x"})").limit, 8192U);
}

TEST(JsonBatchForm, what_is_no_json_is_an_error_of_the_whole) {
  for (const std::string json :
       {"", "{", R"({"images":[{"data":"Zm9v"}])", R"({"images":[{"data":"Zm9v"},}]})", "{}x",
        "{} {}", R"({"images":[{"data":"Zm)", "\xFF", R"({"a":"\uD800"})", R"({'images':[]})"}) {
    EXPECT_EQ(error_of(json).code, ErrorCode::InvalidJson) << json;
  }
}

TEST(JsonBatchForm, what_is_no_object_is_an_error_of_the_whole) {
  for (const std::string json : {"[]", "null", "1", R"("images")", "true", "[{}]"}) {
    EXPECT_EQ(error_of(json).code, ErrorCode::InvalidJson) << json;
  }
}

TEST(JsonBatchForm, images_that_are_no_array_are_an_error) {
  for (const std::string images : {"{}", "1", R"("Zm9v")", "true"}) {
    const auto error = error_of(R"({"images":)" + images + "}");
    EXPECT_EQ(error.code, ErrorCode::InvalidRequest) << images;
    EXPECT_EQ(error.param, "images") << images;
  }
}

TEST(JsonBatchForm, depth_is_bounded) {
  const auto nested = [](std::size_t depth) {
    return R"({"x":)" + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  EXPECT_FALSE(read(nested(20)).error.has_value());
  EXPECT_EQ(error_of(nested(100)).code, ErrorCode::InvalidJson);
  EXPECT_EQ(error_of(std::string(100'000, '[')).code, ErrorCode::InvalidJson);
}

TEST(JsonBatchForm, a_body_that_passes_the_limit_is_told_while_it_is_read) {
  const auto batch =
      read(R"({"images":[{"data":")" + std::string(4000, 'A') + R"("}]})", 100, 2000);
  ASSERT_TRUE(batch.error.has_value());
  EXPECT_EQ(batch.error->code, ErrorCode::RequestTooLarge);
  EXPECT_EQ(batch.error->limit, 2000U);
}

TEST(JsonBatchForm, a_body_that_breaks_off_says_so_again_and_again) {
  support::FakeBody body(R"({"images":[{"data":"Zm9vZm9vZm9v)");
  body.ends_with = base::ReadError::TimedOut;
  auto request = body.request("application/json");
  JsonBatchForm form(BatchBody(request, kLimit));
  EXPECT_EQ(support::run(support::read_batch(form)).error->code, ErrorCode::RequestTimeout);
  EXPECT_EQ(support::run(form.read()).error().code, ErrorCode::RequestTimeout);
  EXPECT_EQ(support::run(form.next()).error().code, ErrorCode::RequestTimeout);
}

TEST(JsonBatchForm, the_end_of_the_data_repeats) {
  support::FakeBody body(R"({"images":[{"data":"Zm9v"}]})");
  auto request = body.request("application/json");
  JsonBatchForm form(BatchBody(request, kLimit));
  support::run(form.next());
  support::run(form.next());
  EXPECT_EQ(*support::run(support::read_data(form)), "foo");
  EXPECT_TRUE(support::run(form.read())->empty());
  EXPECT_TRUE(std::holds_alternative<services::BatchForm::End>(*support::run(form.next())));
}

}  // namespace
}  // namespace pixelvault::api
