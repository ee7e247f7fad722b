// Passwords through Argon2id (RFC 9106) with 19 MiB and two passes, the second of the settings that
// OWASP recommends for it. Any thread may call; the work is done on this object's own threads.
#pragma once

#include "base/blocking_pool.hpp"
#include "ports/password_hasher.hpp"

namespace pixelvault::adapters::sodium {

class SodiumPasswordHasher final : public ports::PasswordHasher {
 public:
  struct Options {
    std::size_t threads = 2;  ///< each with 19 MiB while it works
    std::size_t queue = 64;   ///< calls that may wait: more than a second of work
  };

  explicit SodiumPasswordHasher(const Options& options);
  SodiumPasswordHasher() : SodiumPasswordHasher(Options{}) {}

  base::task<std::string> hash(std::string password) override;
  base::task<bool> verify(std::string password, std::string hash) override;

 private:
  base::BlockingPool threads_;
};

}  // namespace pixelvault::adapters::sodium
