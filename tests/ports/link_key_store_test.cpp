#include "ports/link_key_store.hpp"

#include "ports/record_fixture.hpp"

namespace pixelvault::port_suites {

using support::run;
using Names = std::vector<std::string>;

template <class Backend>
class LinkKeyStore : public RecordTest<Backend> {
 protected:
  domain::LinkKey key(const std::string& id, int seconds) {
    domain::LinkKey key{.id = id, .created_at = this->at(seconds)};
    key.secret.fill(static_cast<std::byte>(id.back()));
    return key;
  }
  Names ids() {
    Names result;
    for (const auto& key : run(this->link_keys().list())) result.push_back(key.id);
    return result;
  }
};
TYPED_TEST_SUITE(LinkKeyStore, RecordBackends);

TYPED_TEST(LinkKeyStore, a_key_is_found_as_it_was_stored) {
  const auto key = this->key("abcd1234", 5);
  run(this->link_keys().add(key));
  this->backend_.reopen();
  const auto found = run(this->link_keys().list());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().id, key.id);
  EXPECT_EQ(found.front().secret, key.secret);
  EXPECT_EQ(found.front().created_at, key.created_at);
}

TYPED_TEST(LinkKeyStore, the_ring_is_newest_first) {
  EXPECT_EQ(this->ids(), Names{});
  run(this->link_keys().add(this->key("second00", 2)));
  run(this->link_keys().add(this->key("third000", 3)));
  run(this->link_keys().add(this->key("first000", 1)));
  EXPECT_EQ(this->ids(), (Names{"third000", "second00", "first000"}));
}

TYPED_TEST(LinkKeyStore, the_first_key_is_added_to_an_empty_ring_alone) {
  run(this->link_keys().add_first(this->key("first000", 1)));
  run(this->link_keys().add_first(this->key("second00", 2)));
  EXPECT_EQ(this->ids(), Names{"first000"});
}

TYPED_TEST(LinkKeyStore, servers_that_start_at_once_share_one_first_key) {
  std::vector<base::task<void>> tasks;
  for (int i = 0; i < 8; ++i) {
    tasks.push_back(this->link_keys().add_first(this->key("key0000" + std::to_string(i), i)));
  }
  for (auto& result : support::run_all(std::move(tasks))) result.get();
  EXPECT_EQ(this->ids().size(), 1U);
}

TYPED_TEST(LinkKeyStore, old_keys_are_forgotten_but_never_the_newest) {
  run(this->link_keys().add(this->key("first000", 1)));
  run(this->link_keys().add(this->key("second00", 2)));
  run(this->link_keys().add(this->key("third000", 3)));
  run(this->link_keys().forget_before(this->at(2)));
  EXPECT_EQ(this->ids(), (Names{"third000", "second00"}));
  run(this->link_keys().forget_before(this->at(99)));
  EXPECT_EQ(this->ids(), Names{"third000"});
}

TYPED_TEST(LinkKeyStore, forgetting_in_an_empty_ring_is_no_error) {
  EXPECT_NO_THROW(run(this->link_keys().forget_before(this->at(1))));
}

}  // namespace pixelvault::port_suites
