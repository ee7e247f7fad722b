// How much image data was sent, and whether an account may send more this month (contract §6).
// Delivery asks for the meter of a project with every image; the database is asked rarely. Any
// thread may call. Owns what is booked and not written yet: at most a few seconds of it are lost in
// a crash.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
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
#include "services/bandwidth_meter.hpp"

namespace pixelvault::services {

class Bandwidth {
 public:
  using Meter = std::shared_ptr<BandwidthMeter>;

  Bandwidth(ports::UsageStore& usage, ports::Clock& clock, const domain::Plans& plans)
      : usage_(usage), clock_(clock), plans_(plans) {}

  /// The one meter of the project. What is booked on it counts as long as somebody holds it.
  Meter meter(const domain::ProjectId& project);

  /// BandwidthQuotaExceeded when the account has used up its month. Answered from memory, except
  /// the first time in a minute for a project of which nothing was sent.
  base::task<std::optional<domain::Error>> find_excess(Meter meter);

  /// Whether memory says that the account may send more. `false` is no refusal: ask `find_excess`.
  static bool is_known_to_allow(const BandwidthMeter& meter, base::Timestamp now) noexcept {
    if (!meter.is_fresh(now)) return false;
    const auto limit = meter.plan()->bandwidth_bytes_per_month;
    return !limit || meter.used() < *limit;
  }

  /// Writes what was booked, and asks anew what the accounts of those projects have used. Called
  /// every few seconds and when the server ends. What could not be written is kept for the next
  /// time; throws `base::Unavailable` then.
  base::task<void> flush();

 private:
  struct Shard {
    std::mutex mutex;
    std::unordered_map<domain::ProjectId, Meter> meters;  // bounded, but for those in use
  };
  struct Booking {
    Meter meter;
    std::uint64_t bytes = 0;
  };
  static constexpr std::size_t kShards = 16;
  static constexpr std::size_t kMaxMeters = 4096;  // of one shard

  Shard& shard(const domain::ProjectId& project);
  base::task<void> ask(Meter meter, std::string month);
  std::vector<Booking> take_booked();
  base::task<void> write(std::span<const Booking> batch, std::string month);

  ports::UsageStore& usage_;
  ports::Clock& clock_;
  const domain::Plans& plans_;
  std::array<Shard, kShards> shards_;
};

}  // namespace pixelvault::services
