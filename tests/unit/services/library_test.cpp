#include "services/library.hpp"

#include <gtest/gtest.h>

#include "support/failing_blob_store.hpp"
#include "unit/services/world.hpp"

namespace pixelvault::services {
namespace {

using domain::ErrorCode;
using std::chrono::seconds;
using support::run;
using Changes = LibraryService::Changes;

class Library : public testing::Test {
 protected:
  domain::Image add(const std::string& folder = "") {
    auto image = build_.image(caller_.project);
    image.folder = folder;
    image.size = 5;
    run(store_bytes(domain::image_path(image)));
    run(images_.insert(support::Builders::upload(image)));
    return image;
  }

  base::task<void> store_bytes(std::string path) {
    const auto writer = co_await blobs_.create();
    co_await writer->write(base::as_bytes("bytes"));
    co_await writer->commit(std::move(path));
  }

  domain::Image add_private(std::vector<UploadForm::Field> fields = {}) {
    fields.push_back({"visibility", "private"});
    return world_.upload(world_.photo(1), std::move(fields))->image;
  }

  /// Everybody who must not know of the caller's images.
  std::vector<domain::Caller> others() { return {world_.stranger(), world_.test_caller()}; }

  support::World world_;
  support::FakeBlobStore& blobs_ = world_.blobs;
  support::FakeImageStore& images_ = world_.images;
  support::FakeClock& clock_ = world_.clock;
  support::Builders& build_ = world_.build;
  const domain::Caller caller_ = world_.caller;
  LibraryService& library_ = world_.library;
};

TEST_F(Library, get_finds_own_images_only) {
  const auto image = add();
  const auto id = image.id.to_string();
  EXPECT_EQ(run(library_.get(caller_, id))->id, image.id);
  for (const auto& caller : others()) {
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
  EXPECT_EQ(run(library_.list(world_.stranger(), {.cursor = page->next_cursor})).error().code,
            ErrorCode::InvalidCursor);
  EXPECT_EQ(run(library_.list(world_.test_caller(), {.cursor = page->next_cursor})).error().code,
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
  for (const auto& caller : others()) {
    EXPECT_EQ(run(library_.remove(caller, image.id.to_string())).error().code,
              ErrorCode::ImageNotFound);
  }
  EXPECT_TRUE(blobs_.contains(domain::image_path(image)));
}

TEST_F(Library, bytes_that_cannot_be_removed_now_are_left_to_the_janitor) {
  const auto image = add();
  support::FailingBlobStore failing(blobs_, {.on_call = 1});
  LibraryService library({images_, images_, failing, clock_, world_.links, world_.record_cache});
  const auto deleted = run(library.remove(caller_, image.id.to_string()));
  ASSERT_TRUE(deleted.has_value());
  EXPECT_FALSE(deleted->purged);
  EXPECT_TRUE(blobs_.contains(domain::image_path(image)));

  EXPECT_EQ(run(world_.janitor.sweep()), 1U);
  EXPECT_TRUE(blobs_.keys().empty());
  EXPECT_TRUE(images_.removals().empty());
}

TEST_F(Library, an_image_whose_time_is_over_is_in_no_answer) {
  const auto image = world_.upload(world_.photo(1), {{"expires_in", "60"}})->image;
  const auto id = image.id.to_string();
  ASSERT_TRUE(run(library_.get(caller_, id)).has_value());
  clock_.advance(seconds(60));
  EXPECT_EQ(run(library_.get(caller_, id)).error().code, ErrorCode::ImageNotFound);
  EXPECT_EQ(run(library_.update(caller_, id, {.folder = "x"})).error().code,
            ErrorCode::ImageNotFound);
  EXPECT_TRUE(run(library_.list(caller_, {}))->images.empty());
  EXPECT_TRUE(run(library_.remove(caller_, id)).has_value()) << "it may be deleted all the same";
}

TEST_F(Library, a_change_changes_what_it_names_and_nothing_else) {
  const auto before = add("cats");
  const auto id = before.id.to_string();
  const Changes rename{.filename = "../b.jpg"};
  const auto renamed = run(library_.update(caller_, id, rename));
  ASSERT_TRUE(renamed.has_value());
  EXPECT_EQ(renamed->filename, "b.jpg");
  EXPECT_EQ(renamed->folder, "cats");
  const Changes rest{.folder = "/dogs/", .metadata = R"({"k":"v"})"};
  ASSERT_TRUE(run(library_.update(caller_, id, rest)).has_value());
  const auto after = run(library_.get(caller_, id));
  EXPECT_EQ(after->filename, "b.jpg");
  EXPECT_EQ(after->folder, "dogs");
  EXPECT_EQ(after->metadata, R"({"k":"v"})");
  EXPECT_EQ(after->sha256, before.sha256);
  EXPECT_EQ(after->created_at, before.created_at);
}

TEST_F(Library, no_change_is_the_image_as_it_is) {
  const auto image = add("cats");
  const auto same = run(library_.update(caller_, image.id.to_string(), {}));
  ASSERT_TRUE(same.has_value());
  EXPECT_EQ(same->folder, "cats");
  EXPECT_EQ(same->filename, image.filename);
}

TEST_F(Library, a_wrong_change_changes_nothing) {
  const auto image = add("cats");
  const auto id = image.id.to_string();
  const Changes changes{.folder = "../up", .filename = "b.jpg"};
  EXPECT_EQ(run(library_.update(caller_, id, changes)).error().param, "folder");
  EXPECT_EQ(run(library_.get(caller_, id))->filename, image.filename);
}

TEST_F(Library, nobody_changes_or_shares_another_projects_image) {
  const auto id = add_private().id.to_string();
  for (const auto& caller : others()) {
    EXPECT_EQ(run(library_.update(caller, id, {.folder = "x"})).error().code,
              ErrorCode::ImageNotFound);
    EXPECT_EQ(run(library_.sign(caller, id, seconds(60))).error().code, ErrorCode::ImageNotFound);
  }
}

TEST_F(Library, only_private_images_are_shared_by_link) {
  const auto image = add_private();
  const auto link = run(library_.sign(caller_, image.id.to_string(), seconds(60)));
  ASSERT_TRUE(link.has_value());
  EXPECT_TRUE(link->path.starts_with(domain::image_path(image)));
  const auto open = add();
  EXPECT_EQ(run(library_.sign(caller_, open.id.to_string(), seconds(60))).error().code,
            ErrorCode::InvalidRequest);
}

}  // namespace
}  // namespace pixelvault::services
