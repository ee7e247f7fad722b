// Numbers and places that threads would otherwise pass from core to core: every thread has its own
// stripe, as long as there are not more threads than stripes.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace pixelvault::base {

inline constexpr std::size_t kStripes = 8;
/// What two cores may write to at once without taking it from each other.
inline constexpr std::size_t kCacheLine = 64;

/// The stripe of the thread that calls; threads get them in turn.
inline std::size_t stripe_of_thread() noexcept {
  static constinit std::atomic<std::size_t> threads = 0;
  constexpr auto kNone = std::numeric_limits<std::size_t>::max();
  static constinit thread_local std::size_t stripe = kNone;
  if (stripe == kNone) stripe = threads.fetch_add(1, std::memory_order_relaxed) % kStripes;
  return stripe;
}

/// A sum that many threads add to and few read. Any thread may call.
template <class Number>
class StripedSum {
 public:
  void add(Number count) noexcept {
    stripes_[stripe_of_thread()].value.fetch_add(count, std::memory_order_relaxed);
  }
  Number sum() const noexcept {
    Number total = 0;
    for (const auto& stripe : stripes_) total += stripe.value.load(std::memory_order_relaxed);
    return total;
  }

 private:
  // Kept apart by what is between them: aligning them would make everybody who has a sum wider.
  struct Stripe {
    std::atomic<Number> value = 0;
    std::array<std::byte, kCacheLine - sizeof(std::atomic<Number>)> between{};
  };
  std::array<Stripe, kStripes> stripes_;
};

}  // namespace pixelvault::base
