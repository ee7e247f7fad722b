#include "services/library.hpp"

#include <gtest/gtest.h>

#include "services/delivery.hpp"
#include "services/janitor.hpp"
#include "support/builders.hpp"
#include "support/failing_blob_store.hpp"
#include "support/fake_blob_store.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_image_store.hpp"
#include "support/run_task.hpp"

namespace pixelvault::services {
namespace {

using domain::ErrorCode;
using support::run;

class Library : public testing::Test {
 protected:
  domain::Image add(const std::string& folder = "") {
    auto image = build_.image(caller_.project);
    image.folder = folder;
    image.size = 5;
    run(store_bytes(domain::image_path(image)));
    run(images_.insert(image));
    return image;
  }

  base::task<void> store_bytes(std::string path) {
    const auto writer = co_await blobs_.create();
    co_await writer->write(base::as_bytes("bytes"));
    co_await writer->commit(std::move(path));
  }

  domain::Caller stranger() {
    auto other = caller_;
    other.project = build_.id<domain::ProjectId>();
    return other;
  }

  support::FakeBlobStore blobs_;
  support::FakeImageStore images_;
  support::FakeClock clock_;
  support::Builders build_;
  domain::Caller caller_{.account = build_.id<domain::AccountId>(),
                         .project = build_.id<domain::ProjectId>(),
                         .key = build_.id<domain::KeyId>(),
                         .plan = "free"};
  LibraryService library_{{images_, blobs_, clock_}};
  DeliveryService delivery_{images_, blobs_};
};

TEST_F(Library, get_finds_own_images_only) {
  const auto image = add();
  const auto id = image.id.to_string();
  EXPECT_EQ(run(library_.get(caller_, id))->id, image.id);
  auto test_key = caller_;
  test_key.environment = domain::Environment::Test;
  for (const auto& caller : {stranger(), test_key}) {
    const auto refused = run(library_.get(caller, id));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::ImageNotFound);
  }
  EXPECT_EQ(run(library_.get(caller_, "img_nonsense")).error().code, ErrorCode::ImageNotFound);
}

TEST_F(Library, a_cursor_walks_every_image_once_newest_first) {
  std::vector<domain::ImageId> newest_first;
  for (int i = 0; i < 7; ++i) newest_first.insert(newest_first.begin(), add().id);
  std::vector<domain::ImageId> walked;
  LibraryService::PageRequest request{.per_page = 3};
  for (int pages = 0; pages < 3; ++pages) {
    const auto page = run(library_.list(caller_, request));
    ASSERT_TRUE(page.has_value());
    EXPECT_EQ(page->total, 7U);
    for (const auto& image : page->images) walked.push_back(image.id);
    request.cursor = page->next_cursor;
    EXPECT_EQ(page->next_cursor.has_value(), pages < 2);
  }
  EXPECT_EQ(walked, newest_first);
}

TEST_F(Library, numbered_pages_and_folders_select) {
  add("cats");
  add("dogs");
  const auto newest_cat = add("cats");
  const auto cats = run(library_.list(caller_, {.per_page = 1, .folder = "cats"}));
  ASSERT_TRUE(cats.has_value());
  EXPECT_EQ(cats->total, 2U);
  EXPECT_EQ(cats->images.front().id, newest_cat.id);
  const auto second = run(library_.list(caller_, {.page = 2, .per_page = 2}));
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->images.size(), 1U);
}

TEST_F(Library, a_cursor_of_another_project_or_of_no_list_is_refused) {
  add();
  add();
  const auto page = run(library_.list(caller_, {.per_page = 1}));
  ASSERT_TRUE(page->next_cursor.has_value());
  EXPECT_EQ(run(library_.list(stranger(), {.cursor = page->next_cursor})).error().code,
            ErrorCode::InvalidCursor);
  auto test_key = caller_;
  test_key.environment = domain::Environment::Test;
  EXPECT_EQ(run(library_.list(test_key, {.cursor = page->next_cursor})).error().code,
            ErrorCode::InvalidCursor);
  for (const auto* bad : {"", "nonsense", "AAAA"}) {
    EXPECT_EQ(run(library_.list(caller_, {.cursor = bad})).error().code, ErrorCode::InvalidCursor)
        << bad;
  }
}

TEST_F(Library, deleting_removes_row_and_bytes_and_can_be_repeated) {
  const auto image = add();
  const auto id = image.id.to_string();
  for (int i = 0; i < 2; ++i) {
    const auto deleted = run(library_.remove(caller_, id));
    ASSERT_TRUE(deleted.has_value());
    EXPECT_TRUE(deleted->purged);
  }
  EXPECT_TRUE(blobs_.keys().empty());
  EXPECT_TRUE(images_.removals().empty());
  EXPECT_EQ(run(library_.get(caller_, id)).error().code, ErrorCode::ImageNotFound);
}

TEST_F(Library, nobody_deletes_another_projects_image) {
  const auto image = add();
  EXPECT_EQ(run(library_.remove(stranger(), image.id.to_string())).error().code,
            ErrorCode::ImageNotFound);
  EXPECT_TRUE(blobs_.contains(domain::image_path(image)));
}

TEST_F(Library, bytes_that_cannot_be_removed_now_are_left_to_the_janitor) {
  const auto image = add();
  support::FailingBlobStore failing(blobs_, {.on_call = 1});
  LibraryService library({images_, failing, clock_});
  const auto deleted = run(library.remove(caller_, image.id.to_string()));
  ASSERT_TRUE(deleted.has_value());
  EXPECT_FALSE(deleted->purged);
  EXPECT_TRUE(blobs_.contains(domain::image_path(image)));

  Janitor janitor({images_, blobs_, clock_});
  EXPECT_EQ(run(janitor.sweep()), 1U);
  EXPECT_TRUE(blobs_.keys().empty());
  EXPECT_TRUE(images_.removals().empty());
}

TEST_F(Library, the_janitor_tries_a_failed_removal_again_after_its_lease) {
  const auto image = add();
  run(images_.mark_deleted(image.project, image.environment, image.id, clock_.now()));
  support::FailingBlobStore failing(blobs_, {.on_call = 1});
  Janitor janitor({images_, failing, clock_});
  EXPECT_EQ(run(janitor.sweep()), 0U);
  EXPECT_EQ(run(janitor.sweep()), 0U) << "it is leased";
  clock_.advance(std::chrono::minutes(6));
  EXPECT_EQ(run(janitor.sweep()), 1U);
}

TEST_F(Library, delivery_finds_an_image_under_its_canonical_path_only) {
  const auto image = add();
  const auto project = image.project.to_string();
  const auto id = image.id.to_string();
  EXPECT_TRUE(run(delivery_.find(project, id + ".jpg")).has_value());
  const auto other = build_.id<domain::ProjectId>().to_string();
  for (const auto& file :
       {id + ".png", id + ".jpeg", id + ".JPG", id, id + ".jpg.jpg", std::string("x.jpg")}) {
    EXPECT_EQ(run(delivery_.find(project, file)).error().code, ErrorCode::ImageNotFound) << file;
  }
  EXPECT_EQ(run(delivery_.find(other, id + ".jpg")).error().code, ErrorCode::ImageNotFound);
}

TEST_F(Library, a_deleted_image_is_told_from_one_that_never_was) {
  const auto image = add();
  ASSERT_TRUE(run(library_.remove(caller_, image.id.to_string())).has_value());
  const auto gone = run(delivery_.find(image.project.to_string(), image.id.to_string() + ".jpg"));
  ASSERT_FALSE(gone.has_value());
  EXPECT_EQ(gone.error().code, ErrorCode::ImageDeleted);
  EXPECT_EQ(run(delivery_.open(image, 0, 5)).error().code, ErrorCode::ImageDeleted);
}

TEST_F(Library, missing_bytes_of_a_live_image_are_the_servers_fault) {
  const auto image = build_.image(caller_.project);
  run(images_.insert(image));
  EXPECT_THROW(static_cast<void>(run(delivery_.open(image, 0, 5))), base::Unavailable);
}

}  // namespace
}  // namespace pixelvault::services
