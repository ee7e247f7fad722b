// How much image data was sent, and whether an account may send more this month (contract §6).
// Delivery books and asks here for every image; the database is asked rarely. Any thread may call.
// Owns what is booked and not written yet: at most a few seconds of it are lost in a crash.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/task.hpp"
#include "domain/error.hpp"
#include "domain/ids.hpp"
#include "domain/plan.hpp"
#include "ports/clock.hpp"
#include "ports/usage_store.hpp"

namespace pixelvault::services {

class Bandwidth {
 public:
  Bandwidth(ports::UsageStore& usage, ports::Clock& clock, const domain::Plans& plans)
      : usage_(usage), clock_(clock), plans_(plans) {}

  /// These bytes of a project's images went out. Never blocks for long and never throws.
  void book(const domain::ProjectId& project, std::uint64_t bytes) noexcept;

  /// BandwidthQuotaExceeded when the account of the project has used up its month. Answered from
  /// memory, except the first time in a minute for a project of which nothing was sent.
  base::task<std::optional<domain::Error>> find_excess(domain::ProjectId project);

  /// Writes what was booked, and asks anew what the accounts of those projects have used. Called
  /// every few seconds and when the server ends. What could not be written is kept for the next
  /// time; throws `base::Unavailable` then.
  base::task<void> flush();

 private:
  /// What an account had used when it was last asked.
  struct Account {
    std::string plan;
    std::uint64_t used = 0;
    std::string month;
    base::Timestamp asked_at;
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<domain::ProjectId, std::uint64_t> booked;  // not written yet
    std::unordered_map<domain::ProjectId, Account> accounts;      // bounded
  };
  static constexpr std::size_t kShards = 16;
  static constexpr std::size_t kMaxAccounts = 4096;  // of one shard

  Shard& shard(const domain::ProjectId& project);
  std::optional<Account> recall(const domain::ProjectId& project, const std::string& month);
  std::uint64_t find_booked(const domain::ProjectId& project);
  base::task<Account> ask(domain::ProjectId project, std::string month);
  std::vector<ports::SentBytes> take_booked();
  void put_back(std::span<const ports::SentBytes> sent) noexcept;

  ports::UsageStore& usage_;
  ports::Clock& clock_;
  const domain::Plans& plans_;
  std::array<Shard, kShards> shards_;
};

}  // namespace pixelvault::services
