#include "support/fake_account_store.hpp"

#include <algorithm>
#include <utility>

namespace pixelvault::support {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_email(const std::string& a, const std::string& b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace

base::task<bool> FakeAccountStore::create(ports::Registration registration) {
  const std::lock_guard lock(mutex_);
  for (const auto& stored : registrations_) {
    if (same_email(stored.account.email, registration.account.email)) co_return false;
  }
  registrations_.push_back(std::move(registration));
  co_return true;
}

base::task<std::optional<domain::Caller>> FakeAccountStore::find_caller(base::Sha256 key_hash) {
  const std::lock_guard lock(mutex_);
  for (const auto& [account, project, key] : registrations_) {
    if (key.hash != key_hash) continue;
    co_return domain::Caller{.account = account.id,
                             .project = project.id,
                             .key = key.id,
                             .environment = key.environment,
                             .plan = account.plan};
  }
  co_return std::nullopt;
}

std::vector<ports::Registration> FakeAccountStore::registrations() const {
  const std::lock_guard lock(mutex_);
  return registrations_;
}

}  // namespace pixelvault::support
