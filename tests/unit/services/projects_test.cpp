#include "services/projects.hpp"

#include <gtest/gtest.h>

#include "base/unavailable.hpp"
#include "support/builders.hpp"
#include "unit/services/account_world.hpp"

namespace pixelvault::services {
namespace {

using domain::ErrorCode;

/// The upkeep of a store that is away.
class AbsentUpkeep final : public ports::ImageUpkeep {
 public:
  base::task<std::uint32_t> empty_project(domain::ProjectId, base::Timestamp,
                                          std::uint32_t) override {
    throw base::Unavailable(base::Unavailable::Kind::Retry, "away");
    co_return 0;
  }
  base::task<std::uint32_t> expire(base::Timestamp, std::uint32_t) override { co_return 0; }
  base::task<std::uint32_t> forget_keys(base::Timestamp, std::uint32_t) override { co_return 0; }
  base::task<std::vector<ports::BlobRef>> lease_removals(base::Timestamp, base::Timestamp,
                                                         std::uint32_t) override {
    co_return std::vector<ports::BlobRef>{};
  }
  base::task<std::uint32_t> end_leases(base::Timestamp) override { co_return 0; }
  base::task<void> finish_removal(ports::BlobRef) override { co_return; }
};

class Projects : public testing::Test, protected AccountWorld {
 protected:
  void SetUp() override {
    mine = registered().project;
    caller = session_caller();
  }
  domain::Result<domain::Project> create(std::string name) {
    return support::run(project_service.create(*caller, std::move(name)));
  }
  domain::Result<domain::Project> get(std::string_view id) {
    return support::run(project_service.get(*caller, id));
  }
  domain::Result<domain::Project> rename(std::string_view id, std::string name) {
    return support::run(project_service.rename(*caller, id, std::move(name)));
  }
  domain::Result<ProjectService::Deleted> remove(std::string_view id, std::string confirmed) {
    return support::run(project_service.remove(*caller, id, std::move(confirmed)));
  }
  void fill(int count) {
    support::Builders make;
    for (int i = 0; i < count; ++i) {
      support::run(images.insert(support::Builders::upload(make.image(mine->id))));
    }
  }
  std::size_t left() const {
    const auto all = images.images();
    return static_cast<std::size_t>(
        std::ranges::count_if(all, [](const auto& image) { return !image.deleted_at; }));
  }

  std::optional<domain::Project> mine;
  std::optional<domain::SessionCaller> caller;
};

TEST_F(Projects, are_listed_oldest_first) {
  clock.advance(std::chrono::milliseconds(1));
  const auto shop = create(" Shop ");
  ASSERT_TRUE(shop.has_value());
  EXPECT_EQ(shop->name, "Shop");
  EXPECT_EQ(shop->created_at, clock.now());
  const auto all = support::run(project_service.list(*caller));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].id, mine->id);
  EXPECT_EQ(all[1].id, shop->id);
}

TEST_F(Projects, the_plan_says_how_many) {
  for (int i = 2; i <= 10; ++i) ASSERT_TRUE(create("Shop").has_value()) << i;
  const auto refused = create("one too many");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::ProjectQuotaExceeded);
  EXPECT_EQ(refused.error().limit, 10U);
  EXPECT_EQ(refused.error().actual, 10U);
  ASSERT_TRUE(remove(mine->id.to_string(), "Default").has_value());
  EXPECT_TRUE(create("in its place").has_value());
}

TEST_F(Projects, an_unlimited_plan_has_no_end) {
  caller->plan = "unlimited";
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(create("Shop").has_value());
}

TEST_F(Projects, a_bad_name_is_refused_and_changes_nothing) {
  EXPECT_EQ(create("").error().param, "name");
  EXPECT_EQ(rename(mine->id.to_string(), "  ").error().param, "name");
  EXPECT_EQ(get(mine->id.to_string())->name, "Default");
  EXPECT_EQ(rename(mine->id.to_string(), "Shop")->name, "Shop");
  EXPECT_EQ(get(mine->id.to_string())->name, "Shop");
}

TEST_F(Projects, ids_of_nobody_and_of_others_are_not_found) {
  const auto foreign = registered("other@example.com").project.id.to_string();
  for (const auto& id : {foreign, std::string("proj_nonsense"), std::string(),
                         std::string("proj_01h455vb4pex5vsknk084sn02q")}) {
    EXPECT_EQ(get(id).error().code, ErrorCode::ProjectNotFound);
    EXPECT_EQ(rename(id, "Mine now").error().code, ErrorCode::ProjectNotFound);
    EXPECT_EQ(remove(id, "Default").error().code, ErrorCode::ProjectNotFound);
  }
}

TEST_F(Projects, deleting_asks_for_the_exact_name) {
  for (const auto* wrong : {"", "default", "Default ", "Shop"}) {
    const auto refused = remove(mine->id.to_string(), wrong);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().param, "confirm");
  }
  EXPECT_TRUE(get(mine->id.to_string()).has_value());
}

TEST_F(Projects, a_deleted_one_is_gone_with_its_images_and_keys) {
  const auto key = accounts.registrations().front().key;
  const auto other = registered("other@example.com");
  const auto test_key =
      support::run(key_service.create(*caller, mine->id.to_string(), KeyService::NewKey{}))
          ->api_key;
  ASSERT_TRUE(authenticate(test_key).has_value());
  fill(3);
  const auto deleted = remove(mine->id.to_string(), "Default");
  ASSERT_TRUE(deleted.has_value());
  EXPECT_EQ(deleted->id, mine->id);
  EXPECT_TRUE(deleted->emptied);
  EXPECT_EQ(left(), 0U);
  EXPECT_EQ(get(mine->id.to_string()).error().code, ErrorCode::ProjectNotFound);
  EXPECT_EQ(authenticate(test_key).error().code, ErrorCode::Unauthorized) << "at once";
  EXPECT_TRUE(authenticate(other.api_key).has_value());
}

TEST_F(Projects, a_request_empties_5000_images_and_leaves_the_rest_to_the_janitor) {
  fill(5001);
  EXPECT_FALSE(remove(mine->id.to_string(), "Default")->emptied);
  EXPECT_EQ(left(), 1U);
  EXPECT_EQ(support::run(projects.list_unemptied(10)).size(), 1U);
}

TEST_F(Projects, what_cannot_be_emptied_now_is_deleted_all_the_same) {
  AbsentUpkeep away;
  ProjectService service({projects, away, clock, random, authentication, record_cache}, plans);
  const auto deleted = support::run(service.remove(*caller, mine->id.to_string(), "Default"));
  ASSERT_TRUE(deleted.has_value());
  EXPECT_FALSE(deleted->emptied);
  EXPECT_FALSE(get(mine->id.to_string()).has_value());
}

}  // namespace
}  // namespace pixelvault::services
