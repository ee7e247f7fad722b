#include "services/key_uses.hpp"

#include <gtest/gtest.h>

#include "base/unavailable.hpp"
#include "services/mint.hpp"
#include "unit/services/account_world.hpp"

namespace pixelvault::services {
namespace {

class UsesOfKeys : public testing::Test, protected AccountWorld {
 protected:
  void SetUp() override { key = key_caller(registered().api_key).key; }
  std::optional<base::Timestamp> last_used() const { return keys.keys().front().last_used_at; }

  std::optional<domain::KeyId> key;
  KeyUses uses{keys, clock};
};

/// A key store that is away, and counts who asks it.
class AbsentKeyStore final : public ports::KeyStore {
 public:
  bool away = true;
  std::vector<ports::KeyUse> written;

  base::task<void> note_uses(std::vector<ports::KeyUse> uses) override {
    if (away) throw base::Unavailable(base::Unavailable::Kind::Retry, "away");
    written.insert(written.end(), uses.begin(), uses.end());
    co_return;
  }
  base::task<std::optional<domain::Caller>> find_caller(base::Sha256, base::Timestamp) override {
    co_return std::nullopt;
  }
  base::task<void> add(domain::StoredKey) override { co_return; }
  base::task<void> rotate(domain::StoredKey, base::Timestamp) override { co_return; }
  base::task<std::vector<domain::StoredKey>> list(domain::ProjectId, base::Timestamp) override {
    co_return std::vector<domain::StoredKey>{};
  }
  base::task<std::optional<domain::StoredKey>> find(domain::ProjectId, domain::KeyId) override {
    co_return std::nullopt;
  }
  base::task<bool> revoke(domain::ProjectId, domain::KeyId, base::Timestamp) override {
    co_return false;
  }
  base::task<std::uint32_t> revoke_all(domain::AccountId, base::Timestamp) override { co_return 0; }
};

TEST_F(UsesOfKeys, are_written_when_they_are_flushed_with_their_last_time) {
  uses.note(*key);
  clock.advance(std::chrono::seconds(5));
  uses.note(*key);
  EXPECT_FALSE(last_used().has_value());
  support::run(uses.flush());
  EXPECT_EQ(last_used(), clock.now());
}

TEST_F(UsesOfKeys, are_written_once) {
  AbsentKeyStore store;
  store.away = false;
  KeyUses noted{store, clock};
  noted.note(*key);
  support::run(noted.flush());
  support::run(noted.flush());
  EXPECT_EQ(store.written.size(), 1U);
}

TEST_F(UsesOfKeys, that_cannot_be_written_are_kept_and_newer_ones_win) {
  AbsentKeyStore store;
  KeyUses noted{store, clock};
  noted.note(*key);
  EXPECT_THROW(support::run(noted.flush()), base::Unavailable);
  clock.advance(std::chrono::seconds(1));
  noted.note(*key);
  EXPECT_THROW(support::run(noted.flush()), base::Unavailable);
  store.away = false;
  support::run(noted.flush());
  ASSERT_EQ(store.written.size(), 1U);
  EXPECT_EQ(store.written.front().at, clock.now());
}

TEST_F(UsesOfKeys, of_many_keys_are_written_in_batches) {
  AbsentKeyStore store;
  store.away = false;
  KeyUses noted{store, clock};
  for (int i = 0; i < 2500; ++i) noted.note(mint_id<domain::KeyId>(clock.now(), random));
  support::run(noted.flush());
  EXPECT_EQ(store.written.size(), 2500U);
}

}  // namespace
}  // namespace pixelvault::services
