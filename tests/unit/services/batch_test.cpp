#include "services/batch.hpp"

#include "support/samples.hpp"
#include "unit/services/batch_fixture.hpp"

namespace pixelvault::services {
namespace {

using testing::ElementsAre;

class Batches : public BatchFixture {};

TEST_F(Batches, all_good_images_are_stored_in_their_order) {
  const auto batch = accept(good(3));
  ASSERT_TRUE(batch.has_value()) << batch.error().message;
  EXPECT_THAT(outcomes(batch), ElementsAre(201, 201, 201));
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& image = batch->items[i].outcome->image;
    EXPECT_EQ(batch->items[i].filename, std::to_string(i) + ".svg");
    EXPECT_EQ(image.filename, batch->items[i].filename);
    EXPECT_EQ(blobs_.bytes(domain::image_path(image)), svg(static_cast<int>(i)));
  }
  EXPECT_EQ(images_.images().size(), 3U);
}

TEST_F(Batches, a_bad_image_does_not_lose_the_others) {
  Parts parts;
  add(parts, "a.svg", svg(1));
  add(parts, "b.pdf", "%PDF-1.7 " + std::string(5000, 'x'));
  add(parts, "c.svg", "");
  add(parts, "d.jpg", support::read_sample("photo-progressive.jpg").substr(0, 900));
  add(parts, "e.svg", svg(2));
  const auto batch = accept(std::move(parts));
  ASSERT_TRUE(batch.has_value());
  EXPECT_THAT(outcomes(batch),
              ElementsAre(201, failed(ErrorCode::UnsupportedMediaType),
                          failed(ErrorCode::EmptyFile), failed(ErrorCode::InvalidImage), 201));
  EXPECT_EQ(batch->items[1].filename, "b.pdf");
  EXPECT_EQ(images_.images().size(), 2U);
  EXPECT_EQ(blobs_.keys().size(), 2U);
  EXPECT_EQ(blobs_.open_writers(), 0);
}

TEST_F(Batches, a_file_over_the_plans_limit_is_passed_over_to_the_next) {
  plans_.set({.name = "free", .max_file_bytes = 2000});
  Parts parts;
  add(parts, "big.svg", svg(1) + std::string(50'000, ' '));
  add(parts, "small.svg", svg(2));
  ScriptedBatchForm form(std::move(parts));
  const auto batch = accept_into(images_, form);
  EXPECT_THAT(outcomes(batch), ElementsAre(failed(ErrorCode::FileTooLarge), 201));
  EXPECT_EQ(form.bytes_read, svg(1).size() + 50'000 + svg(2).size());
}

TEST_F(Batches, fifty_images_fit_and_one_more_does_not) {
  const auto error = refuse(good(51));
  EXPECT_EQ(error.code, ErrorCode::InvalidRequest);
  EXPECT_EQ(error.param, "images");
  EXPECT_EQ(error.limit, 50U);
  EXPECT_EQ(accept(good(50))->items.size(), 50U);
}

TEST_F(Batches, without_images_there_is_nothing_to_do) {
  const auto error = refuse({part(Shared{"folder", "x"})});
  EXPECT_EQ(error.code, ErrorCode::NoFile);
  EXPECT_EQ(error.param, "images");
}

TEST_F(Batches, a_form_that_breaks_stores_nothing_of_what_came_before) {
  auto between = good(2);
  between.emplace_back(ScriptedBatchForm::Break{});
  EXPECT_EQ(refuse(std::move(between)).code, ErrorCode::InvalidJson);
  auto inside = good(2);
  add(inside, "c.svg", "<svg ");
  inside.emplace_back(ScriptedBatchForm::Break{});
  EXPECT_EQ(refuse(std::move(inside)).code, ErrorCode::InvalidJson);
}

TEST_F(Batches, shared_fields_hold_for_all_and_own_ones_win) {
  Parts parts;
  parts.emplace_back(part(Shared{"folder", "shared"}));
  add(parts, "a.svg", svg(1));
  parts.emplace_back(part(Own{"folder", "own"}));
  parts.emplace_back(part(Own{"metadata", R"({"a":"b"})"}));
  parts.emplace_back(part(Own{"filename", "chosen.svg"}));
  add(parts, "b.svg", svg(2));
  parts.emplace_back(part(Shared{"visibility", "private"}));
  const auto batch = accept(std::move(parts));
  ASSERT_TRUE(batch.has_value());
  const auto& first = batch->items[0].outcome->image;
  const auto& second = batch->items[1].outcome->image;
  EXPECT_EQ(first.folder, "own");
  EXPECT_EQ(first.metadata, R"({"a":"b"})");
  EXPECT_EQ(first.filename, "chosen.svg");
  EXPECT_EQ(batch->items[0].filename, "chosen.svg");
  EXPECT_EQ(second.folder, "shared");
  EXPECT_EQ(second.metadata, "{}");
  EXPECT_EQ(second.filename, "b.svg");
  EXPECT_EQ(first.visibility, domain::Visibility::Private);
  EXPECT_EQ(second.visibility, domain::Visibility::Private);
}

TEST_F(Batches, the_name_of_the_collection_is_the_folder_unless_there_is_one) {
  auto parts = good(1);
  parts.emplace_back(part(Shared{"collection", "Cats"}));
  const auto named = accept(std::move(parts));
  EXPECT_EQ(named->name, "Cats");
  EXPECT_EQ(named->folder, "Cats");
  EXPECT_EQ(named->items[0].outcome->image.folder, "Cats");

  auto both = good(2);
  both.emplace_back(part(Shared{"folder", "pets/cats"}));
  both.emplace_back(part(Shared{"collection", "Caf\xC3\xA9"}));
  const auto beside = accept(std::move(both));
  EXPECT_EQ(beside->name, "Caf\xC3\xA9");
  EXPECT_EQ(beside->folder, "pets/cats");
  EXPECT_EQ(beside->items[0].outcome->image.folder, "pets/cats");
}

TEST_F(Batches, a_name_that_cannot_be_a_folder_needs_one) {
  auto parts = good(1);
  parts.emplace_back(part(Shared{"collection", "Caf\xC3\xA9"}));
  const auto error = refuse(std::move(parts));
  EXPECT_EQ(error.code, ErrorCode::InvalidRequest);
  EXPECT_EQ(error.param, "collection");
}

TEST_F(Batches, a_wrong_shared_field_is_an_error_of_the_whole) {
  auto parts = good(1);
  parts.emplace_back(part(Shared{"expires_in", "1"}));
  EXPECT_EQ(refuse(std::move(parts)).param, "expires_in");
  auto describe = good(1);
  describe.emplace_back(part(Shared{"describe", "true"}));
  EXPECT_EQ(refuse(std::move(describe)).code, ErrorCode::NotSupported);
}

TEST_F(Batches, a_wrong_own_field_is_an_error_of_its_image) {
  auto parts = good(1);
  parts.emplace_back(part(Own{"visibility", "hidden"}));
  add(parts, "b.svg", svg(7));
  parts.emplace_back(part(Own{"unknown", "ignored"}));
  add(parts, "c.svg", svg(8));
  parts.emplace_back(part(Own{"sign_expires_in", "100"}));
  const auto batch = accept(std::move(parts));
  EXPECT_THAT(outcomes(batch), ElementsAre(failed(ErrorCode::InvalidRequest), 201,
                                           failed(ErrorCode::InvalidRequest)));
  EXPECT_EQ(batch->items[0].outcome.error().param, "visibility");
  EXPECT_EQ(blobs_.open_writers(), 0);
}

TEST_F(Batches, a_flaw_wins_over_bytes_that_happen_to_be_a_picture) {
  auto parts = good(1);
  parts.emplace_back(
      part(BatchForm::Flaw{{.code = ErrorCode::InvalidRequest, .message = "no base64"}}));
  const auto batch = accept(std::move(parts));
  EXPECT_THAT(outcomes(batch), ElementsAre(failed(ErrorCode::InvalidRequest)));
  EXPECT_TRUE(images_.images().empty());
}

TEST_F(Batches, an_image_without_data_says_what_to_do) {
  Parts parts{part(Begin{}), part(Own{"filename", "a"}), part(Begin{}),
              part(Own{"url", "http://x"})};
  const auto batch = accept(std::move(parts));
  EXPECT_THAT(outcomes(batch),
              ElementsAre(failed(ErrorCode::NoFile), failed(ErrorCode::NotSupported)));
}

TEST_F(Batches, the_body_may_hold_fifty_of_the_largest_files_in_base64) {
  Staging staging(blobs_, domain::ProbeLimits{});
  UploadService uploads({blobs_, images_, clock_, random_, staging, plans_});
  const BatchService batches({uploads, staging, plans_});
  const auto largest = 50 * ((5 * domain::kMegabyte + 2) / 3 * 4);
  EXPECT_GE(batches.max_body_bytes(caller_), largest + 50UL * 8192);
  EXPECT_LT(batches.max_body_bytes(caller_), largest + 2 * domain::kMegabyte);
}

}  // namespace
}  // namespace pixelvault::services
