// Retries of uploads (contract §4): what is the same, and what is answered meanwhile.
#include "services/idempotency.hpp"

#include <gtest/gtest.h>

#include "support/failing_image_store.hpp"
#include "unit/services/world.hpp"

namespace pixelvault::services {
namespace {

using domain::ErrorCode;
using std::chrono::hours;
using std::chrono::seconds;
using support::run;
using support::ScriptedForm;
using Field = UploadForm::Field;

class Idempotency : public testing::Test {
 protected:
  /// Uploads of the same photo, all at once on two threads.
  std::vector<domain::Result<Uploaded>> upload_at_once(int count,
                                                       const std::optional<std::string>& key) {
    std::vector<std::unique_ptr<ScriptedForm>> forms;
    std::vector<base::task<void>> tasks;
    std::vector<std::optional<domain::Result<Uploaded>>> results(static_cast<std::size_t>(count));
    for (auto& result : results) {
      forms.push_back(std::make_unique<ScriptedForm>(
          std::vector<ScriptedForm::Scripted>{ScriptedForm::FilePart{"a.jpg", world_.photo(1)}}));
      tasks.push_back(
          support::keep(world_.uploads.accept(world_.caller, *forms.back(), key), result));
    }
    for (auto& done : support::run_all(std::move(tasks))) done.get();
    std::vector<domain::Result<Uploaded>> all;
    for (auto& result : results) all.push_back(*std::move(result));
    return all;
  }

  void expect_one_image() {
    EXPECT_EQ(world_.images.images().size(), 1U);
    EXPECT_EQ(world_.blobs.keys().size(), 1U);
    EXPECT_EQ(world_.blobs.open_writers(), 0);
  }

  support::World world_;
};

TEST_F(Idempotency, the_same_upload_without_a_key_is_the_same_image) {
  const std::vector<Field> fields{{"folder", "cats"}, {"metadata", R"({"a":"b"})"}};
  const auto first = world_.upload(world_.photo(1), fields);
  world_.clock.advance(hours(1000));
  const auto again = world_.upload(world_.photo(1), {fields[1], fields[0]});
  ASSERT_TRUE(first.has_value() && again.has_value());
  EXPECT_FALSE(first->replayed);
  EXPECT_TRUE(again->replayed);
  EXPECT_EQ(again->image.id, first->image.id);
  EXPECT_EQ(again->image.created_at, first->image.created_at);
  expect_one_image();
}

TEST_F(Idempotency, another_file_or_field_is_another_image) {
  const auto first = world_.upload(world_.photo(1));
  for (const auto& field : std::vector<Field>{{"folder", "x"},
                                              {"filename", "b.jpg"},
                                              {"metadata", R"({"a":"b"})"},
                                              {"visibility", "private"},
                                              {"expires_in", "3600"}}) {
    const auto other = world_.upload(world_.photo(1), {field});
    ASSERT_TRUE(other.has_value()) << field.name;
    EXPECT_FALSE(other->replayed) << field.name;
  }
  EXPECT_FALSE(world_.upload(world_.photo(2))->replayed);
  EXPECT_FALSE(world_.upload_as(world_.test_caller(), world_.photo(1))->replayed);
  EXPECT_FALSE(world_.upload_as(world_.stranger(), world_.photo(1))->replayed);
  EXPECT_EQ(world_.images.images().size(), 9U);
}

TEST_F(Idempotency, a_deleted_image_is_uploaded_anew) {
  const auto first = world_.upload(world_.photo(1));
  ASSERT_TRUE(run(world_.library.remove(world_.caller, first->image.id.to_string())).has_value());
  const auto second = world_.upload(world_.photo(1));
  EXPECT_FALSE(second->replayed);
  EXPECT_NE(second->image.id, first->image.id);
}

TEST_F(Idempotency, a_key_gives_the_first_answer_again_for_a_day) {
  const auto first = world_.upload(world_.photo(1), {}, "key 1");
  world_.clock.advance(hours(23));
  const auto again = world_.upload(world_.photo(1), {}, "key 1");
  EXPECT_TRUE(again->replayed);
  EXPECT_EQ(again->image.id, first->image.id);
  world_.clock.advance(hours(1));
  EXPECT_FALSE(world_.upload(world_.photo(1), {}, "key 1")->replayed);
}

TEST_F(Idempotency, another_key_is_another_image_even_for_equal_bytes) {
  const auto keyless = world_.upload(world_.photo(1));
  const auto first = world_.upload(world_.photo(1), {}, "key 1");
  const auto second = world_.upload(world_.photo(1), {}, "key 2");
  EXPECT_FALSE(first->replayed || second->replayed);
  EXPECT_NE(first->image.id, second->image.id);
  EXPECT_NE(first->image.id, keyless->image.id);
}

TEST_F(Idempotency, a_key_with_another_file_or_field_is_refused_and_leaves_nothing) {
  ASSERT_TRUE(world_.upload(world_.photo(1), {}, "key 1").has_value());
  for (const auto& other : {world_.upload(world_.photo(2), {}, "key 1"),
                            world_.upload(world_.photo(1), {Field{"folder", "x"}}, "key 1")}) {
    ASSERT_FALSE(other.has_value());
    EXPECT_EQ(other.error().code, ErrorCode::IdempotencyKeyReused);
  }
  expect_one_image();
}

TEST_F(Idempotency, keys_do_not_cross_projects_and_environments) {
  ASSERT_TRUE(world_.upload(world_.photo(1), {}, "key 1").has_value());
  EXPECT_FALSE(world_.upload_as(world_.stranger(), world_.photo(2), {}, "key 1")->replayed);
  EXPECT_FALSE(world_.upload_as(world_.test_caller(), world_.photo(2), {}, "key 1")->replayed);
}

TEST_F(Idempotency, fifty_equal_uploads_at_once_are_one_image_with_and_without_a_key) {
  for (const auto& key : {std::optional<std::string>(), std::optional<std::string>("key 1")}) {
    const auto results = upload_at_once(50, key);
    int made = 0;
    for (const auto& result : results) {
      ASSERT_TRUE(result.has_value()) << result.error().message;
      made += result->replayed ? 0 : 1;
      EXPECT_EQ(result->image.id, results.front()->image.id);
    }
    EXPECT_EQ(made, 1);
    expect_one_image();
    world_.records->images.clear();
    world_.records->fingerprints.clear();
    const ports::BlobRef blob{.key = world_.blobs.keys().front()};
    run(world_.blobs.remove(blob));
  }
}

TEST_F(Idempotency, while_the_first_upload_with_a_key_runs_others_are_told_to_come_back) {
  const auto claim = run(world_.uploads.claim(world_.caller, "key 1"));
  ASSERT_TRUE(claim.has_value());
  ASSERT_TRUE(claim->held());
  ScriptedForm form({ScriptedForm::FilePart{"a.jpg", world_.photo(1)}});
  const auto refused = run(world_.uploads.accept(world_.caller, form, "key 1"));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::IdempotencyInProgress);
  EXPECT_EQ(refused.error().retry_after, 1U);
  EXPECT_EQ(form.bytes_read, 0U);

  for (const auto& other : {world_.stranger(), world_.test_caller()}) {
    EXPECT_TRUE(world_.upload_as(other, world_.photo(1), {}, "key 1").has_value());
  }
  EXPECT_TRUE(world_.upload(world_.photo(1), {}, "key 2").has_value());
  EXPECT_TRUE(world_.upload(world_.photo(1)).has_value());
}

TEST_F(Idempotency, whoever_waits_for_a_key_does_not_ask_the_store_meanwhile) {
  using std::chrono::milliseconds;
  const support::Failure never{.on_call = 1'000'000};
  support::FailingImageStore store(world_.images, never);
  KeyClaims claims(store, world_.clock, {.step = milliseconds(1), .limit = milliseconds(5)});
  const auto held = run(claims.claim(world_.caller, "key 1"));
  ASSERT_TRUE(held.has_value() && held->held());
  const auto calls = store.calls();
  EXPECT_FALSE(run(claims.claim(world_.caller, "key 1")).has_value());
  EXPECT_EQ(store.calls(), calls);
}

TEST_F(Idempotency, a_key_is_free_again_after_an_upload_that_failed) {
  EXPECT_FALSE(world_.upload("no picture", {}, "key 1").has_value());
  const auto good = world_.upload(world_.photo(1), {}, "key 1");
  ASSERT_TRUE(good.has_value());
  EXPECT_FALSE(good->replayed);
}

TEST_F(Idempotency, a_known_key_needs_no_claim) {
  ASSERT_TRUE(world_.upload(world_.photo(1), {}, "key 1").has_value());
  const auto first = run(world_.uploads.claim(world_.caller, "key 1"));
  const auto second = run(world_.uploads.claim(world_.caller, "key 1"));
  ASSERT_TRUE(first.has_value() && second.has_value());
  EXPECT_FALSE(first->held() || second->held());
}

TEST_F(Idempotency, claims_are_bounded_and_uploads_go_on_without_one) {
  std::vector<KeyClaims::Claim> held;
  for (std::size_t i = 0; i < KeyClaims::kMaxClaims; ++i) {
    auto claim = run(world_.uploads.claim(world_.caller, std::to_string(i)));
    held.push_back(*std::move(claim));
  }
  const auto more = run(world_.uploads.claim(world_.caller, "one more"));
  ASSERT_TRUE(more.has_value());
  EXPECT_FALSE(more->held());
  held.pop_back();
  EXPECT_TRUE(run(world_.uploads.claim(world_.caller, "one more"))->held());
}

TEST_F(Idempotency, a_replay_with_a_key_keeps_its_link_and_one_without_gets_a_working_one) {
  const std::vector<Field> fields{{"visibility", "private"}, {"sign_expires_in", "60"}};
  const auto keyed = world_.upload(world_.photo(1), fields, "key 1");
  const auto keyless = world_.upload(world_.photo(2), fields);
  world_.clock.advance(seconds(59));
  EXPECT_EQ(world_.upload(world_.photo(2), fields)->signed_expires, keyless->signed_expires);
  world_.clock.advance(seconds(1));
  EXPECT_EQ(world_.upload(world_.photo(1), fields, "key 1")->signed_expires, keyed->signed_expires);
  EXPECT_EQ(world_.upload(world_.photo(2), fields)->signed_expires, *keyless->signed_expires + 60);
}

}  // namespace
}  // namespace pixelvault::services
