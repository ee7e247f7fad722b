// Password hashes that cost nothing and hide nothing: `fake$<salt>$<password>`. Counts its calls,
// so that a test can see that as much work is done for an unknown address as for a known one.
#pragma once

#include <atomic>

#include "ports/password_hasher.hpp"

namespace pixelvault::support {

class FakePasswordHasher final : public ports::PasswordHasher {
 public:
  base::task<std::string> hash(std::string password) override {
    const int salt = ++hashed_;
    co_return "fake$" + std::to_string(salt) + '$' + password;
  }

  base::task<bool> verify(std::string password, std::string hash) override {
    ++verified_;
    if (!hash.starts_with("fake$")) co_return false;
    const auto end_of_salt = hash.find('$', 5);
    co_return end_of_salt != hash.npos&& hash.substr(end_of_salt + 1) == password;
  }

  int hashed() const { return hashed_; }
  int verified() const { return verified_; }

 private:
  std::atomic<int> hashed_ = 0;
  std::atomic<int> verified_ = 0;
};

}  // namespace pixelvault::support
