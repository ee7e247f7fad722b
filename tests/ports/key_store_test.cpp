#include "ports/key_store.hpp"

#include "ports/record_fixture.hpp"

namespace pixelvault::port_suites {

using domain::Scope;
using support::run;

template <class Backend>
class KeyStore : public RecordTest<Backend> {
 protected:
  std::optional<domain::Caller> caller(const domain::StoredKey& key, int seconds = 1) {
    return run(this->keys().find_caller(key.hash, this->at(seconds)));
  }
  domain::StoredKey add(domain::StoredKey key) {
    run(this->keys().add(key));
    return key;
  }
  domain::StoredKey rotated(const domain::ProjectId& project) {
    auto key = this->make_.key(project);
    key.origin = domain::KeyOrigin::Rotation;
    return key;
  }
  std::vector<domain::KeyId> list(const domain::ProjectId& project, int seconds = 1) {
    std::vector<domain::KeyId> ids;
    for (const auto& key : run(this->keys().list(project, this->at(seconds)))) {
      ids.push_back(key.id);
    }
    return ids;
  }

  const ports::Registration ann_ = this->register_account("ann@example.org");
  const ports::Registration bob_ = this->register_account("bob@example.org");
  const domain::ProjectId project_ = ann_.project.id;
};
TYPED_TEST_SUITE(KeyStore, RecordBackends);

TYPED_TEST(KeyStore, a_key_speaks_for_its_account_project_and_scopes) {
  auto key = this->make_.key(this->project_);
  key.environment = domain::Environment::Test;
  key.scopes = {};
  key.scopes.add(Scope::ImagesRead);
  key.scopes.add(Scope::UsageRead);
  this->add(key);

  const auto caller = this->caller(key);
  ASSERT_TRUE(caller);
  EXPECT_EQ(caller->account, this->ann_.account.id);
  EXPECT_EQ(caller->project, this->project_);
  EXPECT_EQ(caller->key, key.id);
  EXPECT_EQ(caller->environment, domain::Environment::Test);
  EXPECT_EQ(caller->plan, "free");
  EXPECT_EQ(caller->scopes, key.scopes);
}

TYPED_TEST(KeyStore, each_key_finds_its_own_account_and_an_unknown_one_nobody) {
  EXPECT_EQ(this->caller(this->ann_.key)->account, this->ann_.account.id);
  EXPECT_EQ(this->caller(this->bob_.key)->account, this->bob_.account.id);
  EXPECT_FALSE(this->caller(this->make_.key(this->project_)));
}

TYPED_TEST(KeyStore, a_key_is_found_as_it_was_stored) {
  auto key = this->make_.key(this->project_);
  key.label = "ci \"it's\"";
  key.scopes = {};
  key.environment = domain::Environment::Test;
  key.origin = domain::KeyOrigin::Rotation;
  key.expires_at = this->at(100);
  this->add(key);
  this->backend_.reopen();

  const auto found = run(this->keys().find(this->project_, key.id));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, key.id);
  EXPECT_EQ(found->project, key.project);
  EXPECT_EQ(found->environment, key.environment);
  EXPECT_EQ(found->hash, key.hash);
  EXPECT_EQ(found->shown_prefix, key.shown_prefix);
  EXPECT_EQ(found->created_at, key.created_at);
  EXPECT_EQ(found->label, key.label);
  EXPECT_TRUE(found->scopes.empty());
  EXPECT_EQ(found->origin, key.origin);
  EXPECT_EQ(found->expires_at, key.expires_at);
  EXPECT_FALSE(found->revoked_at);
  EXPECT_FALSE(found->last_used_at);
  EXPECT_FALSE(run(this->keys().find(this->bob_.project.id, key.id)));
}

TYPED_TEST(KeyStore, every_scope_and_origin_is_found_again) {
  for (const auto scope : domain::kScopes) {
    for (const auto origin : {domain::KeyOrigin::Registration, domain::KeyOrigin::Request,
                              domain::KeyOrigin::Rotation}) {
      auto key = this->make_.key(this->project_);
      key.scopes = {};
      key.scopes.add(scope);
      key.origin = origin;
      this->add(key);
      const auto found = run(this->keys().find(this->project_, key.id));
      EXPECT_EQ(found->scopes, key.scopes);
      EXPECT_EQ(found->origin, origin);
    }
  }
}

TYPED_TEST(KeyStore, a_key_ends_with_its_time) {
  auto key = this->make_.key(this->project_);
  key.expires_at = this->at(100);
  this->add(key);
  EXPECT_TRUE(this->caller(key, 99));
  EXPECT_FALSE(this->caller(key, 100));
  EXPECT_EQ(this->list(this->project_, 99).size(), 2U);
  EXPECT_EQ(this->list(this->project_, 100), std::vector{this->ann_.key.id});
}

TYPED_TEST(KeyStore, a_list_has_the_projects_keys_that_work_oldest_first) {
  const auto second = this->add(this->make_.key(this->project_));
  const auto third = this->add(this->make_.key(this->project_));
  this->add(this->make_.key(this->bob_.project.id));
  run(this->keys().revoke(this->project_, second.id, this->at(1)));
  EXPECT_EQ(this->list(this->project_), (std::vector{this->ann_.key.id, third.id}));
}

TYPED_TEST(KeyStore, a_revoked_key_speaks_for_nobody_and_keeps_its_first_time) {
  const auto key = this->ann_.key;
  EXPECT_TRUE(run(this->keys().revoke(this->project_, key.id, this->at(5))));
  EXPECT_FALSE(this->caller(key));
  EXPECT_TRUE(run(this->keys().revoke(this->project_, key.id, this->at(9))));
  EXPECT_EQ(run(this->keys().find(this->project_, key.id))->revoked_at, this->at(5));
}

TYPED_TEST(KeyStore, another_projects_key_is_not_revoked) {
  EXPECT_FALSE(run(this->keys().revoke(this->bob_.project.id, this->ann_.key.id, this->at(5))));
  EXPECT_TRUE(this->caller(this->ann_.key));
  const auto unknown = this->make_.template id<domain::KeyId>();
  EXPECT_FALSE(run(this->keys().revoke(this->project_, unknown, this->at(5))));
}

TYPED_TEST(KeyStore, all_keys_of_an_account_are_revoked_and_those_that_worked_are_counted) {
  auto expired = this->make_.key(this->project_);
  expired.expires_at = this->at(1);
  this->add(expired);
  const auto second = this->make_.project(this->ann_.account.id);
  run(this->projects().add(second, std::nullopt));
  const auto other = this->add(this->make_.key(second.id));
  const auto revoked = this->add(this->make_.key(second.id));
  run(this->keys().revoke(second.id, revoked.id, this->at(1)));

  EXPECT_EQ(run(this->keys().revoke_all(this->ann_.account.id, this->at(5))), 2U);
  EXPECT_FALSE(this->caller(this->ann_.key));
  EXPECT_FALSE(this->caller(other));
  EXPECT_TRUE(this->caller(this->bob_.key));
  EXPECT_EQ(run(this->keys().find(second.id, revoked.id))->revoked_at, this->at(1));
  EXPECT_EQ(run(this->keys().revoke_all(this->ann_.account.id, this->at(6))), 0U);
}

TYPED_TEST(KeyStore, a_rotation_lets_the_rotated_key_before_it_end_later) {
  const auto first = this->rotated(this->project_);
  run(this->keys().rotate(first, this->at(100)));
  const auto second = this->rotated(this->project_);
  run(this->keys().rotate(second, this->at(200)));

  EXPECT_TRUE(this->caller(first, 199));
  EXPECT_FALSE(this->caller(first, 200));
  EXPECT_TRUE(this->caller(second, 900));
  EXPECT_TRUE(this->caller(this->ann_.key, 900));
}

TYPED_TEST(KeyStore, a_rotation_never_lets_a_key_live_longer) {
  const auto first = this->rotated(this->project_);
  run(this->keys().rotate(first, this->at(100)));
  run(this->keys().rotate(this->rotated(this->project_), this->at(200)));
  run(this->keys().rotate(this->rotated(this->project_), this->at(300)));
  EXPECT_FALSE(this->caller(first, 200));
}

TYPED_TEST(KeyStore, a_rotation_leaves_other_keys_environments_and_projects_alone) {
  const auto requested = this->add(this->make_.key(this->project_));
  auto test_key = this->rotated(this->project_);
  test_key.environment = domain::Environment::Test;
  this->add(test_key);
  const auto bobs = this->add(this->rotated(this->bob_.project.id));
  run(this->keys().rotate(this->rotated(this->project_), this->at(100)));
  EXPECT_TRUE(this->caller(requested, 900));
  EXPECT_TRUE(this->caller(test_key, 900));
  EXPECT_TRUE(this->caller(bobs, 900));
}

TYPED_TEST(KeyStore, no_key_of_a_deleted_project_works) {
  run(this->projects().mark_deleted(this->ann_.account.id, this->project_, this->at(5)));
  EXPECT_FALSE(this->caller(this->ann_.key));
  EXPECT_TRUE(this->list(this->project_).empty());
  EXPECT_TRUE(this->caller(this->bob_.key));
  EXPECT_EQ(run(this->keys().revoke_all(this->ann_.account.id, this->at(6))), 0U);
}

TYPED_TEST(KeyStore, the_last_use_is_the_latest_that_was_noted) {
  const auto key = this->ann_.key.id;
  const auto unknown = this->make_.template id<domain::KeyId>();
  run(this->keys().note_uses(
      {{.key = key, .at = this->at(50)}, {.key = unknown, .at = this->at(1)}}));
  run(this->keys().note_uses({{.key = key, .at = this->at(40)}}));
  EXPECT_EQ(run(this->keys().find(this->project_, key))->last_used_at, this->at(50));
  EXPECT_FALSE(run(this->keys().find(this->bob_.project.id, this->bob_.key.id))->last_used_at);
}

}  // namespace pixelvault::port_suites
