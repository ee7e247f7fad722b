#include "services/idempotency.hpp"

#include "base/sleep.hpp"

namespace pixelvault::services {

namespace {

/// Keys of other projects and of the other environment are other keys.
std::string name_of(const domain::Caller& caller, const std::string& key) {
  const bool live = caller.environment == domain::Environment::Live;
  return caller.project.to_string() + (live ? "/live/" : "/test/") + key;
}

domain::Error in_progress() {
  return {.code = domain::ErrorCode::IdempotencyInProgress,
          .message =
              "Another upload with this Idempotency-Key is still running: ask again when it "
              "has ended.",
          .param = "Idempotency-Key",
          .retry_after = 1};
}

}  // namespace

base::task<domain::Result<KeyClaims::Claim>> KeyClaims::claim(const domain::Caller& caller,
                                                              std::optional<std::string> key) {
  if (!key) co_return Claim();
  const auto name = name_of(caller, *key);
  for (std::chrono::milliseconds waited{0};; waited += patience_.step) {
    // While another has the key there is nothing new to read, and a crowd that waits must not keep
    // the store busy. Once it is free the store is asked first: when that upload has ended well,
    // all of its retries may go on at once instead of one after the other.
    if (!is_taken(name)) {
      if (co_await images_.has_key(caller.project, caller.environment, *key, clock_.now())) {
        co_return Claim();
      }
      const auto outcome = attempt(name);
      if (outcome == Attempt::Claimed) co_return Claim(*this, name);
      if (outcome == Attempt::Full) co_return Claim();
    }
    if (waited >= patience_.limit) co_return domain::fail(in_progress());
    co_await base::sleep_for(patience_.step);
  }
}

bool KeyClaims::is_taken(const std::string& name) {
  const std::scoped_lock lock(mutex_);
  return names_.contains(name);
}

KeyClaims::Attempt KeyClaims::attempt(const std::string& name) {
  const std::scoped_lock lock(mutex_);
  if (names_.contains(name)) return Attempt::Taken;
  if (names_.size() >= kMaxClaims) return Attempt::Full;
  names_.insert(name);
  return Attempt::Claimed;
}

void KeyClaims::release(const std::string& name) {
  const std::scoped_lock lock(mutex_);
  names_.erase(name);
}

}  // namespace pixelvault::services
