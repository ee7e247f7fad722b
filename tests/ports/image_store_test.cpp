#include "ports/image_store.hpp"

#include <algorithm>
#include <stdexcept>

#include "ports/image_store_fixture.hpp"

namespace pixelvault::port_suites {

template <class Backend>
class ImageStore : public ImageStoreTest<Backend> {};
TYPED_TEST_SUITE(ImageStore, RecordBackends);

TYPED_TEST(ImageStore, an_image_is_found_as_it_was_stored) {
  auto image = this->make_.image(this->project_);
  image.environment = domain::Environment::Test;
  image.format = domain::Format::Avif;
  image.size = 5'000'000'000;
  image.facts = {.width = 4'000'000'000, .height = 2, .frames = 77};
  image.folder = "a/b c";
  image.metadata = R"({"k":"v"})";
  image.visibility = domain::Visibility::Private;
  image.expires_at = this->at(500);
  this->insert(image);

  const auto found = this->find(image);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, image.id);
  EXPECT_EQ(found->project, image.project);
  EXPECT_EQ(found->environment, image.environment);
  EXPECT_EQ(found->format, image.format);
  EXPECT_EQ(found->size, image.size);
  EXPECT_EQ(found->facts.width, image.facts.width);
  EXPECT_EQ(found->facts.height, image.facts.height);
  EXPECT_EQ(found->facts.frames, image.facts.frames);
  EXPECT_EQ(found->sha256, image.sha256);
  EXPECT_EQ(found->folder, image.folder);
  EXPECT_EQ(found->metadata, image.metadata);
  EXPECT_EQ(found->created_at, image.created_at);
  EXPECT_EQ(found->visibility, image.visibility);
  EXPECT_EQ(found->expires_at, image.expires_at);
  EXPECT_FALSE(found->deleted_at);
}

TYPED_TEST(ImageStore, every_format_is_found_again) {
  for (const auto format : domain::kFormats) {
    auto image = this->make_.image(this->project_);
    image.format = format;
    this->insert(image);
    EXPECT_EQ(this->find(image)->format, format);
  }
}

TYPED_TEST(ImageStore, filenames_keep_quotes_newlines_and_unicode) {
  for (const std::string name :
       {"it's \"the\" one.jpg", "K\u00e4se \U0001F9C0.png", "a\nb\t%s;--", "", ":name ? $1"}) {
    auto image = this->make_.image(this->project_);
    image.filename = name;
    this->insert(image);
    EXPECT_EQ(this->find(image)->filename, name);
  }
}

TYPED_TEST(ImageStore, another_projects_image_is_not_found) {
  auto image = this->insert(this->make_.image(this->project_));
  image.project = this->other_project_;
  EXPECT_FALSE(this->find(image));
}

TYPED_TEST(ImageStore, an_id_that_is_in_use_is_a_bug) {
  const auto image = this->insert(this->make_.image(this->project_));
  auto again = this->make_.upload(image);
  again.identity = this->make_.upload(this->make_.image(this->project_)).identity;
  EXPECT_THROW(this->try_insert(again), std::logic_error);
  EXPECT_EQ(this->list({.project = this->project_}).total, 1U);
}

TYPED_TEST(ImageStore, a_list_is_newest_first) {
  const auto first = this->insert_in("");
  const auto second = this->insert_in("");
  const auto third = this->insert_in("");
  const auto page = this->list({.project = this->project_});
  EXPECT_EQ(ids(page.images), ids({third, second, first}));
  EXPECT_EQ(page.total, 3U);
  EXPECT_FALSE(page.more);
}

TYPED_TEST(ImageStore, a_project_without_images_has_an_empty_page) {
  const auto page = this->list({.project = this->project_});
  EXPECT_TRUE(page.images.empty());
  EXPECT_EQ(page.total, 0U);
  EXPECT_FALSE(page.more);
}

TYPED_TEST(ImageStore, a_list_shows_one_project_and_one_environment) {
  const auto mine = this->insert(this->make_.image(this->project_));
  auto test_image = this->make_.image(this->project_);
  test_image.environment = domain::Environment::Test;
  this->insert(test_image);
  this->insert(this->make_.image(this->other_project_));

  const auto live = this->list({.project = this->project_});
  EXPECT_EQ(ids(live.images), ids({mine}));
  EXPECT_EQ(live.total, 1U);
  const auto test =
      this->list({.project = this->project_, .environment = domain::Environment::Test});
  EXPECT_EQ(ids(test.images), ids({test_image}));
  EXPECT_EQ(test.total, 1U);
}

TYPED_TEST(ImageStore, a_folder_filter_means_exactly_that_folder) {
  const auto a = this->insert_in("a");
  this->insert_in("a/b");
  const auto none = this->insert_in("");

  const auto page = this->list({.project = this->project_, .folder = "a"});
  EXPECT_EQ(ids(page.images), ids({a}));
  EXPECT_EQ(page.total, 1U);
  EXPECT_EQ(ids(this->list({.project = this->project_, .folder = ""}).images), ids({none}));
  EXPECT_EQ(this->list({.project = this->project_}).total, 3U);
  EXPECT_EQ(this->list({.project = this->project_, .folder = "b"}).total, 0U);
}

TYPED_TEST(ImageStore, numbered_pages_cover_everything_once) {
  std::vector<domain::Image> stored;
  for (int i = 0; i < 11; ++i) stored.insert(stored.begin(), this->insert_in(""));

  for (std::uint32_t limit = 1; limit <= 12; ++limit) {
    std::vector<domain::Image> seen;
    for (std::uint64_t skip = 0; skip < 11; skip += limit) {
      const auto page = this->list({.project = this->project_, .skip = skip, .limit = limit});
      EXPECT_EQ(page.total, 11U);
      EXPECT_EQ(page.more, skip + limit < 11) << skip << " of " << limit;
      seen.insert(seen.end(), page.images.begin(), page.images.end());
    }
    EXPECT_EQ(ids(seen), ids(stored)) << limit;
  }
}

TYPED_TEST(ImageStore, a_page_behind_the_last_one_is_empty) {
  this->insert_in("");
  for (std::uint64_t skip : {1, 2, 1000}) {
    const auto page = this->list({.project = this->project_, .skip = skip, .limit = 2});
    EXPECT_TRUE(page.images.empty()) << skip;
    EXPECT_FALSE(page.more) << skip;
  }
}

TYPED_TEST(ImageStore, a_keyset_page_starts_below_its_image_and_keeps_the_total) {
  this->insert_in("a");
  const auto second = this->insert_in("a");
  this->insert_in("b");
  const auto fourth = this->insert_in("a");
  const auto page =
      this->list({.project = this->project_, .folder = "a", .before = fourth.id, .limit = 1});
  EXPECT_EQ(ids(page.images), ids({second}));
  EXPECT_EQ(page.total, 3U);
  EXPECT_TRUE(page.more);
}

TYPED_TEST(ImageStore, a_page_that_ends_with_the_last_image_has_nothing_after_it) {
  this->insert_in("");
  this->insert_in("");
  EXPECT_FALSE(this->list({.project = this->project_, .limit = 2}).more);
  EXPECT_TRUE(this->list({.project = this->project_, .limit = 1}).more);
}

TYPED_TEST(ImageStore, many_inserts_at_once_are_all_stored) {
  std::vector<base::task<ports::InsertOutcome>> tasks;
  for (int i = 0; i < 64; ++i) {
    tasks.push_back(this->store().insert(this->make_.upload(this->make_.image(this->project_))));
  }
  for (auto& result : support::run_all(std::move(tasks))) EXPECT_NO_THROW(result.get());
  const auto page = this->list({.project = this->project_, .limit = 100});
  EXPECT_EQ(page.images.size(), 64U);
  EXPECT_EQ(page.total, 64U);
}

TYPED_TEST(ImageStore, one_bad_insert_among_many_fails_alone) {
  const auto taken = this->insert_in("");
  std::vector<base::task<ports::InsertOutcome>> tasks;
  for (int i = 0; i < 64; ++i) {
    auto upload = this->make_.upload(this->make_.image(this->project_));
    if (i == 30) upload.image.id = taken.id;
    tasks.push_back(this->store().insert(upload));
  }
  auto results = support::run_all(std::move(tasks));
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (i == 30) {
      EXPECT_THROW(results[i].get(), std::logic_error);
    } else {
      EXPECT_NO_THROW(results[i].get());
    }
  }
  EXPECT_EQ(this->list({.project = this->project_}).total, 64U);
}

TYPED_TEST(ImageStore, images_tombstones_and_totals_survive_a_restart) {
  const auto kept = this->insert_in("a");
  const auto dropped = this->insert_in("a");
  this->remove(dropped, this->at(5));
  this->backend_.reopen();

  EXPECT_TRUE(this->find(kept));
  EXPECT_EQ(this->find(dropped)->deleted_at, this->at(5));
  EXPECT_EQ(this->list({.project = this->project_, .folder = "a"}).total, 1U);
  EXPECT_EQ(this->lease(this->at(5), this->at(10)), std::vector{domain::image_path(dropped)});
}

}  // namespace pixelvault::port_suites
