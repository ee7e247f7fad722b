#include "services/keys.hpp"

#include <gtest/gtest.h>

#include "unit/services/account_world.hpp"

namespace pixelvault::services {
namespace {

using domain::AnyCaller;
using domain::Environment;
using domain::ErrorCode;
using domain::Scope;
using domain::Scopes;

Scopes only(std::initializer_list<Scope> scopes) {
  Scopes set;
  for (const auto scope : scopes) set.add(scope);
  return set;
}

class Keys : public testing::Test, protected AccountWorld {
 protected:
  void SetUp() override {
    const auto made = registered();
    project = made.project.id.to_string();
    first_key = made.api_key;
  }
  AnyCaller session() { return session_caller(); }
  AnyCaller key(const std::string& text) { return key_caller(text); }

  domain::Result<KeyService::Issued> create(const AnyCaller& caller, KeyService::NewKey request) {
    return support::run(key_service.create(caller, named(caller), std::move(request)));
  }
  domain::Result<std::vector<domain::StoredKey>> list(const AnyCaller& caller) {
    return support::run(key_service.list(caller, named(caller)));
  }
  domain::Result<domain::KeyId> revoke(const AnyCaller& caller, const std::string& id) {
    return support::run(key_service.revoke(caller, named(caller), id));
  }
  KeyService::Issued rotate() {
    return support::run(key_service.rotate(session_caller(), project)).value();
  }
  /// A session says which project it means; a key need not.
  std::optional<std::string> named(const AnyCaller& caller) const {
    return std::holds_alternative<domain::Caller>(caller) ? std::nullopt : std::optional(project);
  }

  std::string project;
  std::string first_key;
};

TEST_F(Keys, a_new_one_is_live_all_powerful_and_for_ever_unless_it_is_said) {
  const auto issued = create(session(), {});
  ASSERT_TRUE(issued.has_value());
  EXPECT_EQ(issued->key.environment, Environment::Live);
  EXPECT_EQ(issued->key.scopes, Scopes::all());
  EXPECT_EQ(issued->key.label, "");
  EXPECT_FALSE(issued->key.expires_at.has_value());
  EXPECT_EQ(issued->key.hash, base::sha256(base::as_bytes(issued->api_key)));
  EXPECT_EQ(key_caller(issued->api_key).key, issued->key.id);
}

TEST_F(Keys, environment_scopes_label_and_expiry_are_as_asked) {
  const auto issued = create(session(), {.label = " CI ",
                                         .environment = Environment::Test,
                                         .scopes = only({Scope::ImagesWrite}),
                                         .lifetime = std::chrono::seconds(60)});
  ASSERT_TRUE(issued.has_value());
  EXPECT_TRUE(issued->api_key.starts_with("pv_test_"));
  EXPECT_EQ(issued->key.label, "CI");
  EXPECT_EQ(issued->key.expires_at, clock.now() + std::chrono::seconds(60));
  const auto caller = key_caller(issued->api_key);
  EXPECT_EQ(caller.environment, Environment::Test);
  EXPECT_EQ(caller.scopes, only({Scope::ImagesWrite}));
}

TEST_F(Keys, a_bad_label_is_refused) {
  EXPECT_EQ(create(session(), {.label = std::string(101, 'x')}).error().param, "label");
}

TEST_F(Keys, a_key_gives_what_it_has_and_no_more) {
  const auto narrow = create(session(), {.scopes = only({Scope::KeysManage, Scope::ImagesRead})});
  const auto caller = key(narrow->api_key);
  EXPECT_EQ(create(caller, {})->key.scopes, narrow->key.scopes);
  EXPECT_TRUE(create(caller, {.scopes = only({Scope::ImagesRead})}).has_value());
  for (const auto more : {only({Scope::ImagesWrite}), Scopes::all()}) {
    EXPECT_EQ(create(caller, {.scopes = more}).error().code, ErrorCode::Forbidden);
  }
}

TEST_F(Keys, a_key_that_ends_makes_none_that_outlives_it) {
  const auto brief = create(session(), {.lifetime = std::chrono::seconds(3600)});
  const auto caller = key(brief->api_key);
  EXPECT_EQ(create(caller, {})->key.expires_at, brief->key.expires_at);
  clock.advance(std::chrono::seconds(600));
  const auto rest = std::chrono::seconds(3000);
  EXPECT_EQ(create(caller, {.lifetime = rest})->key.expires_at, brief->key.expires_at);
  const auto more = create(caller, {.lifetime = rest + std::chrono::seconds(1)});
  EXPECT_EQ(more.error().code, ErrorCode::Forbidden);
}

TEST_F(Keys, a_key_that_was_rotated_out_makes_none_that_outlives_it) {
  const auto old = rotate();
  rotate();
  EXPECT_EQ(create(key(old.api_key), {})->key.expires_at, clock.now() + kRotationOverlap);
}

TEST_F(Keys, a_key_that_another_process_has_just_ended_makes_no_other) {
  const auto caller = key(first_key);
  const auto account = std::get<domain::Caller>(caller).account;
  support::run(keys.revoke_all(account, clock.now()));
  ASSERT_TRUE(authenticate(first_key).has_value()) << "remembered for a second";
  EXPECT_EQ(create(caller, {}).error().code, ErrorCode::Unauthorized);
  EXPECT_TRUE(list(session())->empty());
}

TEST_F(Keys, a_session_that_another_process_has_just_ended_makes_none) {
  const auto caller = session_caller();
  support::run(accounts.close_session(caller.session));
  EXPECT_EQ(create(caller, {}).error().code, ErrorCode::Unauthorized);
  const auto rotated = support::run(key_service.rotate(caller, project));
  EXPECT_EQ(rotated.error().code, ErrorCode::Unauthorized);
  EXPECT_EQ(list(session())->size(), 1U);
}

TEST_F(Keys, a_test_key_makes_sees_and_revokes_test_keys_only) {
  const auto test = create(session(), {.environment = Environment::Test});
  const auto caller = key(test->api_key);
  EXPECT_EQ(create(caller, {})->key.environment, Environment::Test);
  EXPECT_EQ(create(caller, {.environment = Environment::Live}).error().code, ErrorCode::Forbidden);
  EXPECT_EQ(list(caller)->size(), 2U);
  EXPECT_EQ(list(session())->size(), 3U);
  const auto live = key_caller(first_key).key.to_string();
  EXPECT_EQ(revoke(caller, live).error().code, ErrorCode::KeyNotFound);
  EXPECT_TRUE(authenticate(first_key).has_value());
  EXPECT_TRUE(create(key(first_key), {.environment = Environment::Test}).has_value());
}

TEST_F(Keys, a_key_needs_keys_manage_for_everything) {
  const auto reader = create(session(), {.scopes = only({Scope::ImagesRead})});
  const auto caller = key(reader->api_key);
  EXPECT_EQ(create(caller, {}).error().code, ErrorCode::Forbidden);
  EXPECT_EQ(list(caller).error().code, ErrorCode::Forbidden);
  EXPECT_EQ(revoke(caller, reader->key.id.to_string()).error().code, ErrorCode::Forbidden);
}

TEST_F(Keys, a_revoked_one_is_refused_at_once_and_may_be_revoked_again) {
  const auto issued = create(session(), {});
  ASSERT_TRUE(authenticate(issued->api_key).has_value());
  const auto id = issued->key.id.to_string();
  EXPECT_EQ(revoke(key(first_key), id), issued->key.id);
  EXPECT_EQ(authenticate(issued->api_key).error().code, ErrorCode::Unauthorized);
  EXPECT_EQ(revoke(session(), id), issued->key.id);
  EXPECT_EQ(list(session())->size(), 1U);
}

TEST_F(Keys, no_key_revokes_itself) {
  const auto own = key_caller(first_key).key.to_string();
  EXPECT_EQ(revoke(key(first_key), own).error().code, ErrorCode::Forbidden);
  EXPECT_TRUE(authenticate(first_key).has_value());
  EXPECT_TRUE(revoke(session(), own).has_value());
}

TEST_F(Keys, keys_of_others_are_not_found) {
  const auto foreign = key_caller(registered("other@example.com").api_key).key.to_string();
  for (const auto& id : {foreign, std::string("key_nonsense"), std::string()}) {
    EXPECT_EQ(revoke(session(), id).error().code, ErrorCode::KeyNotFound);
    EXPECT_EQ(revoke(key(first_key), id).error().code, ErrorCode::KeyNotFound);
  }
}

TEST_F(Keys, a_session_must_name_a_project_of_its_own) {
  const auto unnamed = support::run(key_service.list(session(), std::nullopt));
  EXPECT_EQ(unnamed.error().param, "project_id");
  const auto foreign = registered("other@example.com").project.id.to_string();
  for (const auto& id : {foreign, std::string("nonsense")}) {
    EXPECT_EQ(support::run(key_service.list(session(), id)).error().code,
              ErrorCode::ProjectNotFound);
    EXPECT_EQ(support::run(key_service.rotate(session_caller(), id)).error().code,
              ErrorCode::ProjectNotFound);
    const auto caller = key(first_key);
    EXPECT_EQ(support::run(key_service.create(caller, id, KeyService::NewKey{})).error().code,
              ErrorCode::ProjectNotFound);
  }
  EXPECT_TRUE(support::run(key_service.list(key(first_key), project)).has_value());
}

TEST_F(Keys, a_rotation_lets_only_the_key_of_the_last_one_go_on_for_24_hours) {
  const auto one = rotate();
  const auto two = rotate();
  EXPECT_TRUE(two.api_key.starts_with("pv_live_"));
  clock.advance(kRotationOverlap - std::chrono::milliseconds(1));
  EXPECT_TRUE(authenticate(one.api_key).has_value());
  clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(authenticate(one.api_key).error().code, ErrorCode::Unauthorized);
  EXPECT_TRUE(authenticate(two.api_key).has_value());
  EXPECT_TRUE(authenticate(first_key).has_value()) << "no rotation made it";
}

}  // namespace
}  // namespace pixelvault::services
