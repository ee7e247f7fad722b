#include "adapters/sodium/password_hasher.hpp"

#include <sodium.h>

#include <array>
#include <cerrno>
#include <utility>

#include "adapters/sodium/initialise.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::adapters::sodium {

using base::Unavailable;

namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemoryBytes = 19UL * 1024 * 1024;

[[noreturn]] void throw_out_of_memory() {
  throw Unavailable(Unavailable::Kind::Retry, "no memory for a password hash");
}

std::string hash_now(const std::string& password) {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  const int result = crypto_pwhash_str_alg(text.data(), password.data(), password.size(), kPasses,
                                           kMemoryBytes, crypto_pwhash_ALG_ARGON2ID13);
  if (result != 0) throw_out_of_memory();  // the only way for it to fail with these settings
  return text.data();
}

bool verify_now(const std::string& password, const std::string& hash) {
  errno = 0;
  if (crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0) return true;
  if (errno == ENOMEM) throw_out_of_memory();
  return false;
}

}  // namespace

SodiumPasswordHasher::SodiumPasswordHasher(const Options& options)
    : threads_({.name = "passwords", .threads = options.threads, .queue = options.queue}) {
  initialise();
}

base::task<std::string> SodiumPasswordHasher::hash(std::string password) {
  co_return co_await threads_.run([&] { return hash_now(password); });
}

base::task<bool> SodiumPasswordHasher::verify(std::string password, std::string hash) {
  co_return co_await threads_.run([&] { return verify_now(password, hash); });
}

}  // namespace pixelvault::adapters::sodium
