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

const domain::Account* FakeAccountStore::by_email(const std::string& email) const {
  for (const auto& [id, account] : records_->accounts) {
    if (same_email(account.email, email)) return &account;
  }
  return nullptr;
}

base::task<bool> FakeAccountStore::create(ports::Registration registration) {
  const std::lock_guard lock(records_->mutex);
  if (by_email(registration.account.email) != nullptr) co_return false;
  records_->accounts.emplace(registration.account.id, registration.account);
  records_->projects.emplace(registration.project.id, FakeRecords::Project{registration.project});
  records_->keys.emplace(registration.key.id, registration.key);
  registrations_.push_back(std::move(registration));
  co_return true;
}

base::task<std::optional<domain::Account>> FakeAccountStore::find(domain::AccountId account) {
  const std::lock_guard lock(records_->mutex);
  const auto found = records_->accounts.find(account);
  if (found == records_->accounts.end()) co_return std::nullopt;
  co_return found->second;
}

base::task<std::optional<domain::Account>> FakeAccountStore::find_by_email(std::string email) {
  const std::lock_guard lock(records_->mutex);
  const auto* account = by_email(email);
  if (account == nullptr) co_return std::nullopt;
  co_return *account;
}

base::task<std::vector<domain::Account>> FakeAccountStore::list(
    std::optional<domain::AccountId> after, std::uint32_t limit) {
  const std::lock_guard lock(records_->mutex);
  std::vector<domain::Account> page;
  for (const auto& [id, account] : records_->accounts) {
    if (page.size() == limit) break;
    if (!after || *after < id) page.push_back(account);
  }
  co_return page;
}

base::task<bool> FakeAccountStore::set_plan(domain::AccountId account, std::string plan) {
  const std::lock_guard lock(records_->mutex);
  const auto found = records_->accounts.find(account);
  if (found == records_->accounts.end()) co_return false;
  found->second.plan = std::move(plan);
  co_return true;
}

base::task<bool> FakeAccountStore::set_password_hash(domain::AccountId account, std::string hash) {
  const std::lock_guard lock(records_->mutex);
  const auto found = records_->accounts.find(account);
  if (found == records_->accounts.end()) co_return false;
  found->second.password_hash = std::move(hash);
  std::erase_if(records_->sessions,
                [&](const auto& entry) { return entry.second.account == account; });
  co_return true;
}

base::task<void> FakeAccountStore::open_session(domain::Session session) {
  const std::lock_guard lock(records_->mutex);
  records_->sessions.emplace(session.hash, session);
  co_return;
}

base::task<std::optional<domain::SessionCaller>> FakeAccountStore::find_session(
    base::Sha256 hash, base::Timestamp now) {
  const std::lock_guard lock(records_->mutex);
  const auto found = records_->sessions.find(hash);
  if (found == records_->sessions.end() || found->second.expires_at <= now) co_return std::nullopt;
  const auto account = records_->accounts.find(found->second.account);
  if (account == records_->accounts.end()) co_return std::nullopt;
  co_return domain::SessionCaller{.account = account->first,
                                  .plan = account->second.plan,
                                  .session = hash,
                                  .expires_at = found->second.expires_at};
}

base::task<void> FakeAccountStore::close_session(base::Sha256 hash) {
  const std::lock_guard lock(records_->mutex);
  records_->sessions.erase(hash);
  co_return;
}

base::task<std::uint32_t> FakeAccountStore::forget_sessions(base::Timestamp now,
                                                            std::uint32_t limit) {
  const std::lock_guard lock(records_->mutex);
  std::uint32_t forgotten = 0;
  std::erase_if(records_->sessions, [&](const auto& entry) {
    return entry.second.expires_at < now && forgotten < limit && ++forgotten > 0;
  });
  co_return forgotten;
}

std::vector<ports::Registration> FakeAccountStore::registrations() const {
  const std::lock_guard lock(records_->mutex);
  return registrations_;
}

std::vector<domain::Session> FakeAccountStore::sessions() const {
  const std::lock_guard lock(records_->mutex);
  std::vector<domain::Session> all;
  for (const auto& [hash, session] : records_->sessions) all.push_back(session);
  return all;
}

}  // namespace pixelvault::support
