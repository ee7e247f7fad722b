#include "ports/account_store.hpp"

#include <algorithm>

#include "ports/record_fixture.hpp"

namespace pixelvault::port_suites {

using support::run;

template <class Backend>
class AccountStore : public RecordTest<Backend> {
 protected:
  bool create(const ports::Registration& registration) {
    return run(this->accounts().create(registration));
  }
  std::optional<domain::Account> find(const ports::Registration& registration) {
    return run(this->accounts().find(registration.account.id));
  }
};
TYPED_TEST_SUITE(AccountStore, RecordBackends);

TYPED_TEST(AccountStore, an_account_is_found_as_it_was_stored) {
  auto registration = this->make_.registration("Ann@Example.org");
  registration.account.plan = "pro";
  registration.account.password_hash = "$argon2id$x";
  ASSERT_TRUE(this->create(registration));

  const auto found = this->find(registration);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, registration.account.id);
  EXPECT_EQ(found->email, "Ann@Example.org");
  EXPECT_EQ(found->password_hash, "$argon2id$x");
  EXPECT_EQ(found->plan, "pro");
  EXPECT_EQ(found->created_at, registration.account.created_at);
}

TYPED_TEST(AccountStore, an_unknown_account_is_nothing) {
  EXPECT_FALSE(this->find(this->make_.registration("ann@example.org")));
}

TYPED_TEST(AccountStore, a_registration_stores_the_project_and_a_key_that_works) {
  const auto ann = this->register_account();
  const auto projects = run(this->projects().list(ann.account.id));
  ASSERT_EQ(projects.size(), 1U);
  EXPECT_EQ(projects.front().id, ann.project.id);
  EXPECT_EQ(run(this->keys().find_caller(ann.key.hash, this->at(1)))->account, ann.account.id);
}

TYPED_TEST(AccountStore, a_taken_address_is_refused_and_nothing_of_it_is_stored) {
  ASSERT_TRUE(this->create(this->make_.registration("ann@example.org")));
  const auto second = this->make_.registration("ann@example.org");
  EXPECT_FALSE(this->create(second));
  EXPECT_FALSE(this->find(second));
  EXPECT_FALSE(run(this->keys().find_caller(second.key.hash, this->at(1))));
}

TYPED_TEST(AccountStore, addresses_are_the_same_without_regard_to_ascii_case) {
  const auto ann = this->register_account("Ann.Zed@Example.ORG");
  EXPECT_FALSE(this->create(this->make_.registration("aNN.zED@example.org")));
  EXPECT_EQ(run(this->accounts().find_by_email("ann.zed@EXAMPLE.org"))->id, ann.account.id);
}

TYPED_TEST(AccountStore, the_case_of_letters_beyond_ascii_makes_another_address) {
  this->register_account("\u00c4nn@example.org");
  EXPECT_FALSE(run(this->accounts().find_by_email("\u00e4nn@example.org")));
  EXPECT_TRUE(this->create(this->make_.registration("\u00e4nn@example.org")));
}

TYPED_TEST(AccountStore, quotes_in_an_address_are_only_characters) {
  const auto odd = this->register_account("o'brien\"; --@example.org");
  EXPECT_FALSE(this->create(this->make_.registration("O'Brien\"; --@example.org")));
  EXPECT_EQ(run(this->accounts().find_by_email("O'Brien\"; --@example.org"))->id, odd.account.id);
}

TYPED_TEST(AccountStore, one_of_many_who_take_an_address_at_once_gets_it) {
  std::vector<base::task<bool>> tasks;
  for (int i = 0; i < 16; ++i) {
    tasks.push_back(this->accounts().create(this->make_.registration("ann@example.org")));
  }
  auto results = support::run_all(std::move(tasks));
  EXPECT_EQ(std::ranges::count_if(results, [](auto& result) { return result.get(); }), 1);
}

TYPED_TEST(AccountStore, accounts_survive_a_restart) {
  const auto ann = this->register_account();
  this->backend_.reopen();
  EXPECT_TRUE(this->find(ann));
  EXPECT_FALSE(this->create(this->make_.registration("ANN@example.org")));
}

TYPED_TEST(AccountStore, a_list_is_oldest_first_and_goes_on_after_its_last_account) {
  const auto first = this->register_account("a@example.org");
  const auto second = this->register_account("b@example.org");
  const auto third = this->register_account("c@example.org");

  const auto page = run(this->accounts().list(std::nullopt, 2));
  ASSERT_EQ(page.size(), 2U);
  EXPECT_EQ(page[0].id, first.account.id);
  EXPECT_EQ(page[1].id, second.account.id);
  const auto rest = run(this->accounts().list(second.account.id, 2));
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].email, "c@example.org");
  EXPECT_TRUE(run(this->accounts().list(third.account.id, 2)).empty());
}

TYPED_TEST(AccountStore, a_new_plan_is_the_plan_of_its_keys_and_of_nobody_else) {
  const auto ann = this->register_account("ann@example.org");
  const auto bob = this->register_account("bob@example.org");
  EXPECT_TRUE(run(this->accounts().set_plan(ann.account.id, "pro")));
  EXPECT_EQ(this->find(ann)->plan, "pro");
  EXPECT_EQ(run(this->keys().find_caller(ann.key.hash, this->at(1)))->plan, "pro");
  EXPECT_EQ(this->find(bob)->plan, "free");
  EXPECT_FALSE(run(this->accounts().set_plan(this->make_.template id<domain::AccountId>(), "pro")));
}

TYPED_TEST(AccountStore, a_session_speaks_for_its_account_until_it_ends) {
  const auto ann = this->register_account();
  auto session = this->make_.session(ann.account.id);
  session.expires_at = this->at(100);
  run(this->accounts().open_session(session));

  const auto caller = run(this->accounts().find_session(session.hash, this->at(99)));
  ASSERT_TRUE(caller);
  EXPECT_EQ(caller->account, ann.account.id);
  EXPECT_EQ(caller->plan, "free");
  EXPECT_EQ(caller->session, session.hash);
  EXPECT_EQ(caller->expires_at, this->at(100));
  EXPECT_FALSE(run(this->accounts().find_session(session.hash, this->at(100))));
  EXPECT_FALSE(run(this->accounts().find_session(ann.key.hash, this->at(1))));
}

TYPED_TEST(AccountStore, a_closed_session_is_over_and_the_others_go_on) {
  const auto ann = this->register_account();
  const auto closed = this->make_.session(ann.account.id);
  const auto open = this->make_.session(ann.account.id);
  run(this->accounts().open_session(closed));
  run(this->accounts().open_session(open));
  run(this->accounts().close_session(closed.hash));
  EXPECT_NO_THROW(run(this->accounts().close_session(closed.hash)));

  EXPECT_FALSE(run(this->accounts().find_session(closed.hash, this->at(1))));
  this->backend_.reopen();
  EXPECT_TRUE(run(this->accounts().find_session(open.hash, this->at(1))));
}

TYPED_TEST(AccountStore, a_new_password_ends_the_sessions_of_its_account_alone) {
  const auto ann = this->register_account("ann@example.org");
  const auto bob = this->register_account("bob@example.org");
  const auto anns = this->make_.session(ann.account.id);
  const auto bobs = this->make_.session(bob.account.id);
  run(this->accounts().open_session(anns));
  run(this->accounts().open_session(bobs));

  EXPECT_TRUE(run(this->accounts().set_password_hash(ann.account.id, "new")));
  EXPECT_EQ(this->find(ann)->password_hash, "new");
  EXPECT_FALSE(run(this->accounts().find_session(anns.hash, this->at(1))));
  EXPECT_TRUE(run(this->accounts().find_session(bobs.hash, this->at(1))));
  EXPECT_FALSE(
      run(this->accounts().set_password_hash(this->make_.template id<domain::AccountId>(), "x")));
}

TYPED_TEST(AccountStore, ended_sessions_are_forgotten_some_at_a_time) {
  const auto ann = this->register_account();
  for (int end : {10, 20, 30, 40}) {
    auto session = this->make_.session(ann.account.id);
    session.expires_at = this->at(end);
    run(this->accounts().open_session(session));
  }
  EXPECT_EQ(run(this->accounts().forget_sessions(this->at(35), 2)), 2U);
  EXPECT_EQ(run(this->accounts().forget_sessions(this->at(35), 2)), 1U);
  EXPECT_EQ(run(this->accounts().forget_sessions(this->at(35), 2)), 0U);
  EXPECT_EQ(run(this->accounts().forget_sessions(this->at(99), 2)), 1U);
}

}  // namespace pixelvault::port_suites
