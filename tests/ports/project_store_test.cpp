#include "ports/project_store.hpp"

#include <algorithm>

#include "ports/record_fixture.hpp"

namespace pixelvault::port_suites {

using support::run;

template <class Backend>
class ProjectStore : public RecordTest<Backend> {
 protected:
  domain::Project add(const std::string& name) {
    auto project = this->make_.project(account_, name);
    EXPECT_TRUE(run(this->projects().add(project, std::nullopt)));
    return project;
  }
  bool remove(const domain::ProjectId& project) {
    return run(this->projects().mark_deleted(account_, project, this->at(5)));
  }
  std::vector<std::string> names() {
    std::vector<std::string> result;
    for (const auto& project : run(this->projects().list(account_))) result.push_back(project.name);
    return result;
  }
  domain::Image insert_into(const domain::ProjectId& project) {
    auto image = this->make_.image(project);
    run(this->images().insert(this->make_.upload(image)));
    return image;
  }
  std::vector<domain::ProjectId> unemptied(std::uint32_t limit = 10) {
    return run(this->projects().list_unemptied(limit));
  }

  const ports::Registration ann_ = this->register_account("ann@example.org");
  const ports::Registration bob_ = this->register_account("bob@example.org");
  const domain::AccountId account_ = ann_.account.id;
};
TYPED_TEST_SUITE(ProjectStore, RecordBackends);
using Ids = std::vector<domain::ProjectId>;
using Names = std::vector<std::string>;

TYPED_TEST(ProjectStore, a_project_is_found_as_it_was_stored) {
  const auto project = this->add("Shop \"it's\" \u00e4");
  this->backend_.reopen();
  const auto found = run(this->projects().find(this->account_, project.id));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, project.id);
  EXPECT_EQ(found->account, this->account_);
  EXPECT_EQ(found->name, project.name);
  EXPECT_EQ(found->created_at, project.created_at);
}

TYPED_TEST(ProjectStore, a_list_has_the_accounts_projects_oldest_first) {
  this->add("Second");
  this->add("Another");
  EXPECT_EQ(this->names(), (Names{"Default", "Second", "Another"}));
  EXPECT_EQ(run(this->projects().list(this->bob_.account.id)).size(), 1U);
}

TYPED_TEST(ProjectStore, an_account_has_no_more_projects_than_its_limit) {
  EXPECT_TRUE(run(this->projects().add(this->make_.project(this->account_), 2)));
  const auto third = this->make_.project(this->account_);
  EXPECT_FALSE(run(this->projects().add(third, 2)));
  EXPECT_FALSE(run(this->projects().find(this->account_, third.id)));
  EXPECT_TRUE(run(this->projects().add(this->make_.project(this->bob_.account.id), 2)));
}

TYPED_TEST(ProjectStore, a_deleted_project_makes_room_for_another) {
  this->remove(this->ann_.project.id);
  EXPECT_TRUE(run(this->projects().add(this->make_.project(this->account_), 1)));
  EXPECT_FALSE(run(this->projects().add(this->make_.project(this->account_), 1)));
}

TYPED_TEST(ProjectStore, many_additions_at_once_keep_to_the_limit) {
  std::vector<base::task<bool>> tasks;
  for (int i = 0; i < 20; ++i) {
    tasks.push_back(this->projects().add(this->make_.project(this->account_), 3));
  }
  auto results = support::run_all(std::move(tasks));
  EXPECT_EQ(std::ranges::count_if(results, [](auto& result) { return result.get(); }), 2);
}

TYPED_TEST(ProjectStore, a_project_can_be_renamed_by_its_account_alone) {
  const auto id = this->ann_.project.id;
  const auto renamed = run(this->projects().rename(this->account_, id, "New"));
  ASSERT_TRUE(renamed);
  EXPECT_EQ(renamed->id, id);
  EXPECT_EQ(renamed->name, "New");
  EXPECT_FALSE(run(this->projects().rename(this->bob_.account.id, id, "Stolen")));
  EXPECT_EQ(this->names(), Names{"New"});
}

TYPED_TEST(ProjectStore, another_accounts_project_is_nothing) {
  const auto id = this->ann_.project.id;
  EXPECT_FALSE(run(this->projects().find(this->bob_.account.id, id)));
  EXPECT_FALSE(run(this->projects().mark_deleted(this->bob_.account.id, id, this->at(1))));
  EXPECT_TRUE(run(this->projects().find(this->account_, id)));
}

TYPED_TEST(ProjectStore, a_deleted_project_is_not_found_listed_renamed_or_deleted_again) {
  const auto id = this->ann_.project.id;
  EXPECT_TRUE(this->remove(id));
  EXPECT_FALSE(run(this->projects().find(this->account_, id)));
  EXPECT_FALSE(run(this->projects().rename(this->account_, id, "New")));
  EXPECT_EQ(this->names(), Names{});
  EXPECT_FALSE(this->remove(id));
}

TYPED_TEST(ProjectStore, a_deleted_project_is_unemptied_until_its_last_image_is_removed) {
  const auto id = this->ann_.project.id;
  for (int i = 0; i < 3; ++i) this->insert_into(id);
  this->insert_into(this->bob_.project.id);
  EXPECT_EQ(this->unemptied(), Ids{});
  this->remove(id);
  EXPECT_EQ(this->unemptied(), Ids{id});

  EXPECT_EQ(run(this->upkeep().empty_project(id, this->at(9), 2)), 2U);
  EXPECT_EQ(this->unemptied(), Ids{id});
  EXPECT_EQ(run(this->upkeep().empty_project(id, this->at(9), 2)), 1U);
  EXPECT_EQ(this->unemptied(), Ids{});
}

TYPED_TEST(ProjectStore, a_project_without_images_has_nothing_to_empty) {
  this->remove(this->ann_.project.id);
  EXPECT_EQ(this->unemptied(), Ids{});
}

TYPED_TEST(ProjectStore, an_upload_that_ends_after_the_deletion_is_emptied_too) {
  this->remove(this->ann_.project.id);
  this->insert_into(this->ann_.project.id);
  EXPECT_EQ(this->unemptied(), Ids{this->ann_.project.id});
}

TYPED_TEST(ProjectStore, only_so_many_projects_are_listed_for_emptying) {
  for (int i = 0; i < 3; ++i) {
    const auto project = this->add("p");
    this->insert_into(project.id);
    this->remove(project.id);
  }
  EXPECT_EQ(this->unemptied(2).size(), 2U);
}

}  // namespace pixelvault::port_suites
