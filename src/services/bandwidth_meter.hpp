// Counts what goes out of one project, and knows whether its account may send more this month.
// Delivery asks and books for every image: an atomic each, no lock. Any thread may call. Made and
// kept fresh by `Bandwidth`.
#pragma once

#include <atomic>
#include <cstdint>

#include "base/time.hpp"
#include "domain/ids.hpp"
#include "domain/plan.hpp"

namespace pixelvault::services {

class BandwidthMeter {
 public:
  explicit BandwidthMeter(const domain::ProjectId& project) : project_(project) {}

  const domain::ProjectId& project() const { return project_; }

  /// These bytes went out.
  void book(std::uint64_t bytes) noexcept { booked_.fetch_add(bytes, std::memory_order_relaxed); }
  /// What was booked and not taken yet.
  std::uint64_t booked() const noexcept { return booked_.load(std::memory_order_relaxed); }
  std::uint64_t take_booked() noexcept { return booked_.exchange(0, std::memory_order_relaxed); }

  /// What the account has used, with what is booked here.
  std::uint64_t used() const noexcept { return used_.load(std::memory_order_relaxed) + booked(); }
  /// Null before the first `set`.
  const domain::Plan* plan() const noexcept { return plan_.load(std::memory_order_acquire); }
  /// Whether both can be believed at `now`.
  bool is_fresh(base::Timestamp now) const noexcept {
    const auto at = base::to_unix_millis(now);
    return plan() != nullptr && set_at_.load(std::memory_order_relaxed) <= at &&
           at < fresh_until_.load(std::memory_order_relaxed);
  }

  /// What the account had used at `now`, to be believed until `until`. The plan outlives the meter.
  void set(std::uint64_t used, const domain::Plan& plan, base::Timestamp now,
           base::Timestamp until) noexcept {
    used_.store(used, std::memory_order_relaxed);
    set_at_.store(base::to_unix_millis(now), std::memory_order_relaxed);
    fresh_until_.store(base::to_unix_millis(until), std::memory_order_relaxed);
    plan_.store(&plan, std::memory_order_release);
  }

 private:
  const domain::ProjectId project_;
  std::atomic<std::uint64_t> booked_ = 0;
  std::atomic<std::uint64_t> used_ = 0;
  std::atomic<const domain::Plan*> plan_ = nullptr;
  std::atomic<std::int64_t> set_at_ = 0;  // Unix milliseconds, as the next one
  std::atomic<std::int64_t> fresh_until_ = 0;
};

}  // namespace pixelvault::services
