// Uploads that come again: with an idempotency key, and without one.
#include <algorithm>

#include "ports/image_store_fixture.hpp"

namespace pixelvault::port_suites {

using domain::Environment;
using ports::KeyReused;
using ports::Replayed;
using ports::Stored;
using std::chrono::hours;
using support::run;

template <class Backend>
class ImageReplay : public ImageStoreTest<Backend> {
 protected:
  /// A new image under an identity; equal `content` is an equal fingerprint.
  ports::NewImage upload(const std::string& content, const std::optional<std::string>& key = {}) {
    auto upload = this->make_.upload(this->make_.image(this->project_));
    upload.identity = {.key = key, .fingerprint = base::sha256(base::as_bytes(content))};
    return upload;
  }
  ports::NewImage upload_at(base::Timestamp time, const std::string& content,
                            const std::optional<std::string>& key = {}) {
    auto later = upload(content, key);
    later.image.created_at = time;
    return later;
  }
  /// The replay that an insert came to; it must have been one.
  Replayed replayed(const ports::NewImage& upload) {
    auto outcome = this->try_insert(upload);
    EXPECT_TRUE(std::holds_alternative<Replayed>(outcome)) << "outcome " << outcome.index();
    return std::get<Replayed>(std::move(outcome));
  }
  bool stored(const ports::NewImage& upload) {
    return std::holds_alternative<Stored>(this->try_insert(upload));
  }
  std::optional<ports::Replay> find_replay(const ports::NewImage& upload, base::Timestamp now) {
    return run(this->store().find_replay(upload.image.project, upload.image.environment,
                                         upload.identity, now));
  }
  bool has_key(const std::string& key, base::Timestamp now) {
    return run(this->store().has_key(this->project_, Environment::Live, key, now));
  }
  std::uint64_t total() { return this->list({.project = this->project_}).total; }
};
TYPED_TEST_SUITE(ImageReplay, RecordBackends);

TYPED_TEST(ImageReplay, the_same_key_and_content_is_the_first_image_again) {
  auto first = this->upload("cat", "k");
  first.signed_expires = 1'800'000'000;
  ASSERT_TRUE(this->stored(first));
  this->backend_.reopen();

  const auto again = this->replayed(this->upload("cat", "k"));
  EXPECT_EQ(again.image.id, first.image.id);
  EXPECT_EQ(again.image.sha256, first.image.sha256);
  EXPECT_EQ(again.signed_expires, 1'800'000'000);
  EXPECT_EQ(this->total(), 1U);
}

TYPED_TEST(ImageReplay, the_same_key_with_other_content_is_refused) {
  ASSERT_TRUE(this->stored(this->upload("cat", "k")));
  const auto other = this->upload("dog", "k");
  EXPECT_TRUE(std::holds_alternative<KeyReused>(this->try_insert(other)));
  EXPECT_TRUE(std::holds_alternative<KeyReused>(*this->find_replay(other, this->at(1))));
  EXPECT_EQ(this->total(), 1U);
}

TYPED_TEST(ImageReplay, another_key_is_another_image_even_for_equal_content) {
  EXPECT_TRUE(this->stored(this->upload("cat", "k1")));
  EXPECT_TRUE(this->stored(this->upload("cat", "k2")));
  EXPECT_EQ(this->total(), 2U);
}

TYPED_TEST(ImageReplay, a_replay_by_key_is_the_first_answer_after_a_change) {
  auto first = this->upload("cat", "k");
  first.image.folder = "a";
  first.image.metadata = R"({"k":"v"})";
  ASSERT_TRUE(this->stored(first));
  this->update(first.image, {.folder = "b", .filename = "dog.png", .metadata = "{}"}, this->at(5));

  const auto again = this->replayed(this->upload("cat", "k")).image;
  EXPECT_EQ(again.folder, "a");
  EXPECT_EQ(again.filename, "cat.jpg");
  EXPECT_EQ(again.metadata, R"({"k":"v"})");
  EXPECT_EQ(this->find(first.image)->folder, "b");
}

TYPED_TEST(ImageReplay, a_replay_by_key_outlives_its_image) {
  auto first = this->upload("cat", "k");
  first.image.expires_at = this->at(100);
  ASSERT_TRUE(this->stored(first));
  this->remove(first.image, this->at(5));
  EXPECT_EQ(this->replayed(this->upload("cat", "k")).image.id, first.image.id);
  EXPECT_TRUE(this->find_replay(first, this->at(200)));
}

TYPED_TEST(ImageReplay, a_key_is_free_again_after_24_hours) {
  ASSERT_TRUE(this->stored(this->upload_at(this->at(0), "cat", "k")));
  EXPECT_TRUE(this->has_key("k", this->at(hours(24)) - std::chrono::milliseconds(1)));
  EXPECT_FALSE(this->has_key("k", this->at(hours(24))));
  EXPECT_FALSE(this->find_replay(this->upload("cat", "k"), this->at(hours(24))));

  const auto second = this->upload_at(this->at(hours(24)), "dog", "k");
  EXPECT_TRUE(this->stored(second));
  const auto again = this->replayed(this->upload_at(this->at(hours(47)), "dog", "k"));
  EXPECT_EQ(again.image.id, second.image.id);
}

TYPED_TEST(ImageReplay, ended_keys_are_forgotten_some_at_a_time) {
  for (const std::string key : {"a", "b", "c"}) {
    ASSERT_TRUE(this->stored(this->upload_at(this->at(0), key, key)));
  }
  ASSERT_TRUE(this->stored(this->upload_at(this->at(hours(1)), "d", "d")));
  EXPECT_EQ(run(this->upkeep().forget_keys(this->at(hours(24)), 2)), 2U);
  EXPECT_EQ(run(this->upkeep().forget_keys(this->at(hours(24)), 2)), 1U);
  EXPECT_EQ(run(this->upkeep().forget_keys(this->at(hours(24)), 2)), 0U);
  EXPECT_TRUE(this->has_key("d", this->at(hours(24))));
}

TYPED_TEST(ImageReplay, a_key_is_there_when_its_upload_has_ended_well) {
  EXPECT_FALSE(this->has_key("k", this->at(1)));
  auto refused = this->upload("cat", "k");
  refused.limits.storage_bytes = 0;
  refused.image.project = this->register_account().project.id;
  this->try_insert(refused);
  EXPECT_FALSE(
      run(this->store().has_key(refused.image.project, Environment::Live, "k", this->at(1))));
  ASSERT_TRUE(this->stored(this->upload("cat", "k")));
  EXPECT_TRUE(this->has_key("k", this->at(1)));
  EXPECT_FALSE(this->has_key("K", this->at(1)));
}

TYPED_TEST(ImageReplay, keys_mean_nothing_in_another_project_or_environment) {
  ASSERT_TRUE(this->stored(this->upload("cat", "k")));
  auto elsewhere = this->upload("dog", "k");
  elsewhere.image.project = this->other_project_;
  EXPECT_FALSE(this->find_replay(elsewhere, this->at(1)));
  EXPECT_TRUE(this->stored(elsewhere));
  auto test_upload = this->upload("dog", "k");
  test_upload.image.environment = Environment::Test;
  EXPECT_FALSE(this->find_replay(test_upload, this->at(1)));
  EXPECT_TRUE(this->stored(test_upload));
}

TYPED_TEST(ImageReplay, without_a_key_equal_content_is_the_same_image) {
  auto first = this->upload("cat");
  first.signed_expires = 1'800'000'000;
  ASSERT_TRUE(this->stored(first));
  this->backend_.reopen();

  const auto again = this->replayed(this->upload("cat"));
  EXPECT_EQ(again.image.id, first.image.id);
  EXPECT_EQ(again.signed_expires, 1'800'000'000);
  const auto found = this->find_replay(this->upload("cat"), this->at(1));
  ASSERT_TRUE(found);
  EXPECT_EQ(std::get<Replayed>(*found).image.id, first.image.id);
  EXPECT_FALSE(this->find_replay(this->upload("dog"), this->at(1)));
  EXPECT_EQ(this->total(), 1U);
}

TYPED_TEST(ImageReplay, without_a_key_nothing_crosses_projects_or_environments) {
  ASSERT_TRUE(this->stored(this->upload("cat")));
  auto elsewhere = this->upload("cat");
  elsewhere.image.project = this->other_project_;
  EXPECT_FALSE(this->find_replay(elsewhere, this->at(1)));
  EXPECT_TRUE(this->stored(elsewhere));
  auto test_upload = this->upload("cat");
  test_upload.image.environment = Environment::Test;
  EXPECT_TRUE(this->stored(test_upload));
}

TYPED_TEST(ImageReplay, without_a_key_a_deleted_image_is_uploaded_anew) {
  const auto first = this->upload("cat");
  ASSERT_TRUE(this->stored(first));
  this->remove(first.image, this->at(5));
  EXPECT_FALSE(this->find_replay(first, this->at(6)));
  const auto second = this->upload("cat");
  EXPECT_TRUE(this->stored(second));
  EXPECT_EQ(this->replayed(this->upload("cat")).image.id, second.image.id);
}

TYPED_TEST(ImageReplay, without_a_key_an_expired_image_makes_room_for_the_next_upload) {
  auto first = this->upload("cat");
  first.image.expires_at = this->at(100);
  ASSERT_TRUE(this->stored(first));
  EXPECT_TRUE(this->find_replay(first, this->at(99)));
  EXPECT_FALSE(this->find_replay(first, this->at(100)));

  const auto second = this->upload_at(this->at(100), "cat");
  EXPECT_TRUE(this->stored(second));
  EXPECT_EQ(this->find(first.image)->deleted_at, this->at(100));
  EXPECT_EQ(this->total(), 1U);
  EXPECT_EQ(this->lease(this->at(100), this->at(200)),
            std::vector{domain::image_path(first.image)});
  EXPECT_EQ(this->replayed(this->upload_at(this->at(101), "cat")).image.id, second.image.id);
}

TYPED_TEST(ImageReplay, expired_and_emptied_images_lose_their_fingerprints) {
  auto expiring = this->upload("cat");
  expiring.image.expires_at = this->at(100);
  ASSERT_TRUE(this->stored(expiring));
  ASSERT_TRUE(this->stored(this->upload("dog")));
  run(this->upkeep().expire(this->at(100), 10));
  run(this->upkeep().empty_project(this->project_, this->at(100), 10));
  EXPECT_TRUE(this->stored(this->upload("cat")));
  EXPECT_TRUE(this->stored(this->upload("dog")));
}

TYPED_TEST(ImageReplay, of_many_equal_uploads_at_once_one_is_stored_and_the_others_are_it) {
  for (const auto& key : {std::optional<std::string>("k"), std::optional<std::string>()}) {
    std::vector<base::task<ports::InsertOutcome>> tasks;
    for (int i = 0; i < 50; ++i) tasks.push_back(this->store().insert(this->upload("cat", key)));
    int stored = 0;
    std::vector<domain::ImageId> replayed;
    for (auto& result : support::run_all(std::move(tasks))) {
      const auto outcome = result.get();
      if (std::holds_alternative<Stored>(outcome)) ++stored;
      if (const auto* replay = std::get_if<Replayed>(&outcome))
        replayed.push_back(replay->image.id);
    }
    EXPECT_EQ(stored, 1);
    EXPECT_EQ(replayed.size(), 49U);
    EXPECT_EQ(std::ranges::count(replayed, replayed.front()), 49);
  }
  EXPECT_EQ(this->total(), 2U);
}

}  // namespace pixelvault::port_suites
