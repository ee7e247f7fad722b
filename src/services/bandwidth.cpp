#include "services/bandwidth.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <span>
#include <utility>

#include "base/log.hpp"
#include "base/unavailable.hpp"
#include "domain/month.hpp"
#include "services/quota_errors.hpp"

namespace pixelvault::services {

namespace {

constexpr std::chrono::seconds kFresh{60};  // how long an account's use is believed
constexpr std::size_t kBatch = 500;

bool is_fresh(base::Timestamp now, base::Timestamp asked_at) {
  return asked_at <= now && now - asked_at < kFresh;
}

}  // namespace

void Bandwidth::book(const domain::ProjectId& project, std::uint64_t bytes) noexcept {
  if (bytes == 0) return;
  try {
    auto& place = shard(project);
    const std::scoped_lock lock(place.mutex);
    place.booked[project] += bytes;
  } catch (const std::exception& error) {
    spdlog::error("{} sent bytes could not be booked: {}", bytes, error.what());
  }
}

base::task<std::optional<domain::Error>> Bandwidth::find_excess(domain::ProjectId project) {
  const auto now = clock_.now();
  auto month = domain::month_of(now).name;
  auto account = recall(project, month);
  if (!account) account = co_await ask(project, std::move(month));
  const auto& plan = plans_.of(account->plan);
  const auto limit = plan.bandwidth_bytes_per_month;
  const auto used = account->used + find_booked(project);
  if (!limit || used < *limit) co_return std::nullopt;
  const UsedUp used_up{
      .quota = domain::Quota::Bandwidth, .plan = plan.name, .limit = *limit, .used = used};
  co_return quota_error(used_up, now);
}

base::task<void> Bandwidth::flush() {
  const auto month = domain::month_of(clock_.now()).name;
  const auto sent = take_booked();
  for (std::size_t done = 0; done < sent.size(); done += kBatch) {
    const std::span rest(sent.begin() + static_cast<std::ptrdiff_t>(done), sent.end());
    const auto batch = rest.first(std::min(rest.size(), kBatch));
    try {
      std::vector<ports::SentBytes> bookings(batch.begin(), batch.end());
      co_await usage_.book_bandwidth(std::move(bookings), month);
    } catch (const base::Unavailable& error) {
      // What may have been written must not be counted twice.
      const bool unknown = error.kind() == base::Unavailable::Kind::Fail;
      put_back(unknown ? rest.subspan(batch.size()) : rest);
      throw;
    }
  }
  for (const auto& [project, bytes] : sent) co_await ask(project, month);
}

std::optional<Bandwidth::Account> Bandwidth::recall(const domain::ProjectId& project,
                                                    const std::string& month) {
  auto& place = shard(project);
  const std::scoped_lock lock(place.mutex);
  const auto found = place.accounts.find(project);
  if (found == place.accounts.end()) return std::nullopt;
  const auto& account = found->second;
  const bool usable = account.month == month && is_fresh(clock_.now(), account.asked_at);
  return usable ? std::optional(account) : std::nullopt;
}

std::uint64_t Bandwidth::find_booked(const domain::ProjectId& project) {
  auto& place = shard(project);
  const std::scoped_lock lock(place.mutex);
  const auto booked = place.booked.find(project);
  return booked == place.booked.end() ? 0 : booked->second;
}

base::task<Bandwidth::Account> Bandwidth::ask(domain::ProjectId project, std::string month) {
  const auto asked_at = clock_.now();
  const auto use = co_await usage_.find_bandwidth(project, month);
  Account account{.plan = {}, .month = std::move(month), .asked_at = asked_at};
  if (use) {
    account.plan = use->plan;
    account.used = use->bytes;
  }
  auto& place = shard(project);
  const std::scoped_lock lock(place.mutex);
  // Any one may go: it is asked again when it is needed.
  if (place.accounts.size() >= kMaxAccounts) place.accounts.erase(place.accounts.begin());
  place.accounts.insert_or_assign(project, account);
  co_return account;
}

std::vector<ports::SentBytes> Bandwidth::take_booked() {
  std::vector<ports::SentBytes> sent;
  for (auto& place : shards_) {
    const std::scoped_lock lock(place.mutex);
    for (const auto& [project, bytes] : place.booked) sent.push_back({project, bytes});
    place.booked.clear();
  }
  return sent;
}

void Bandwidth::put_back(std::span<const ports::SentBytes> sent) noexcept {
  for (const auto& [project, bytes] : sent) book(project, bytes);
}

Bandwidth::Shard& Bandwidth::shard(const domain::ProjectId& project) {
  return shards_.at(std::hash<domain::ProjectId>{}(project) % kShards);
}

}  // namespace pixelvault::services
