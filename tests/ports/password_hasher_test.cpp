#include "ports/password_hasher.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "adapters/sodium/password_hasher.hpp"
#include "base/unavailable.hpp"
#include "support/fake_password_hasher.hpp"
#include "support/run_task.hpp"

namespace pixelvault::port_suites {

using adapters::sodium::SodiumPasswordHasher;
using support::run;

template <class Hasher>
class PasswordHasher : public testing::Test {
 protected:
  std::string hash(const std::string& password) { return run(hasher_.hash(password)); }
  bool verify(const std::string& password, const std::string& hash) {
    return run(hasher_.verify(password, hash));
  }

  Hasher hasher_;
};

using Hashers = testing::Types<SodiumPasswordHasher, support::FakePasswordHasher>;
TYPED_TEST_SUITE(PasswordHasher, Hashers);

TYPED_TEST(PasswordHasher, the_right_password_is_verified) {
  const std::string hash = this->hash("correct horse");
  EXPECT_TRUE(this->verify("correct horse", hash));
}

TYPED_TEST(PasswordHasher, another_password_is_not) {
  const std::string hash = this->hash("correct horse");
  for (const std::string wrong : {"Correct horse", "correct hors", "correct horse ", ""}) {
    EXPECT_FALSE(this->verify(wrong, hash)) << wrong;
  }
}

TYPED_TEST(PasswordHasher, every_hash_has_its_own_salt) {
  EXPECT_NE(this->hash("same"), this->hash("same"));
}

TYPED_TEST(PasswordHasher, an_unreadable_hash_is_a_plain_no) {
  for (const std::string hash : {"", "x", "$argon2id$v=19$m=19456,t=2,p=1$", "$2b$10$abc"}) {
    EXPECT_FALSE(this->verify("x", hash)) << hash;
  }
}

TYPED_TEST(PasswordHasher, passwords_of_any_bytes_and_length_work) {
  const std::string odd = std::string("nul\0inside", 10) + std::string(1000, '\xFF');
  const std::string hash = this->hash(odd);
  EXPECT_TRUE(this->verify(odd, hash));
  EXPECT_FALSE(this->verify("nul", hash));
}

TEST(SodiumPasswordHasher, hashes_say_argon2id_with_the_recommended_cost) {
  SodiumPasswordHasher hasher;
  EXPECT_TRUE(run(hasher.hash("x")).starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
}

TEST(SodiumPasswordHasher, too_many_waiting_calls_are_turned_away) {
  SodiumPasswordHasher hasher({.threads = 1, .queue = 1});
  std::vector<base::task<std::string>> tasks;
  for (int i = 0; i < 8; ++i) tasks.push_back(hasher.hash("x"));
  int refused = 0;
  for (auto& result : support::run_all(std::move(tasks))) {
    try {
      result.get();
    } catch (const base::Unavailable& error) {
      EXPECT_EQ(error.kind(), base::Unavailable::Kind::Retry);
      ++refused;
    }
  }
  EXPECT_GT(refused, 0);
  EXPECT_LT(refused, 8);
}

}  // namespace pixelvault::port_suites
