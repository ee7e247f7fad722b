#include "ports/account_store.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "ports/backends.hpp"
#include "support/builders.hpp"
#include "support/run_task.hpp"

namespace pixelvault::port_suites {

using support::run;

template <class Backend>
class AccountStore : public testing::Test {
 protected:
  ports::AccountStore& store() { return backend_.get(); }
  bool create(const ports::Registration& registration) { return run(store().create(registration)); }
  std::optional<domain::Caller> find(const ports::Registration& registration) {
    return run(store().find_caller(registration.key.hash));
  }

  Backend backend_;
  support::Builders make_;
};

using AccountBackends =
    testing::Types<Sql<adapters::sql::SqlAccountStore>, Fake<support::FakeAccountStore>>;
TYPED_TEST_SUITE(AccountStore, AccountBackends);

TYPED_TEST(AccountStore, a_key_speaks_for_the_account_and_project_it_was_made_with) {
  auto registration = this->make_.registration("ann@example.org");
  registration.account.plan = "pro";
  registration.key.environment = domain::Environment::Test;
  ASSERT_TRUE(this->create(registration));

  const auto caller = this->find(registration);
  ASSERT_TRUE(caller);
  EXPECT_EQ(caller->account, registration.account.id);
  EXPECT_EQ(caller->project, registration.project.id);
  EXPECT_EQ(caller->key, registration.key.id);
  EXPECT_EQ(caller->environment, domain::Environment::Test);
  EXPECT_EQ(caller->plan, "pro");
}

TYPED_TEST(AccountStore, each_key_finds_its_own_account) {
  const auto ann = this->make_.registration("ann@example.org");
  const auto bob = this->make_.registration("bob@example.org");
  ASSERT_TRUE(this->create(ann));
  ASSERT_TRUE(this->create(bob));

  EXPECT_EQ(this->find(ann)->account, ann.account.id);
  EXPECT_EQ(this->find(bob)->account, bob.account.id);
}

TYPED_TEST(AccountStore, an_unknown_key_finds_nobody) {
  ASSERT_TRUE(this->create(this->make_.registration("ann@example.org")));
  EXPECT_FALSE(this->find(this->make_.registration("bob@example.org")));
}

TYPED_TEST(AccountStore, a_taken_address_is_refused_and_nothing_of_it_is_stored) {
  ASSERT_TRUE(this->create(this->make_.registration("ann@example.org")));
  const auto second = this->make_.registration("ann@example.org");
  EXPECT_FALSE(this->create(second));
  EXPECT_FALSE(this->find(second));
}

TYPED_TEST(AccountStore, addresses_are_the_same_without_regard_to_ascii_case) {
  ASSERT_TRUE(this->create(this->make_.registration("Ann.Zed@Example.ORG")));
  EXPECT_FALSE(this->create(this->make_.registration("aNN.zED@example.org")));
}

TYPED_TEST(AccountStore, the_case_of_letters_beyond_ascii_makes_another_address) {
  ASSERT_TRUE(this->create(this->make_.registration("\u00c4nn@example.org")));
  EXPECT_TRUE(this->create(this->make_.registration("\u00e4nn@example.org")));
}

TYPED_TEST(AccountStore, quotes_in_an_address_are_only_characters) {
  const auto odd = this->make_.registration("o'brien\"; --@example.org");
  ASSERT_TRUE(this->create(odd));
  EXPECT_FALSE(this->create(this->make_.registration("O'Brien\"; --@example.org")));
  EXPECT_TRUE(this->find(odd));
}

TYPED_TEST(AccountStore, one_of_many_who_take_an_address_at_once_gets_it) {
  std::vector<base::task<bool>> tasks;
  for (int i = 0; i < 16; ++i) {
    tasks.push_back(this->store().create(this->make_.registration("ann@example.org")));
  }
  auto results = support::run_all(std::move(tasks));
  EXPECT_EQ(std::ranges::count_if(results, [](auto& result) { return result.get(); }), 1);
}

TYPED_TEST(AccountStore, accounts_survive_a_restart) {
  const auto ann = this->make_.registration("ann@example.org");
  ASSERT_TRUE(this->create(ann));
  this->backend_.reopen();
  EXPECT_TRUE(this->find(ann));
  EXPECT_FALSE(this->create(this->make_.registration("ANN@example.org")));
}

}  // namespace pixelvault::port_suites
