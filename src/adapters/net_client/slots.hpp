// How many fetches may be open at once. Any thread may take a slot and give it back.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>

#include "base/unavailable.hpp"

namespace pixelvault::adapters::net_client {

struct GiveBack {
  void operator()(std::atomic<std::size_t>* taken) const { --*taken; }
};
/// Gives itself back when it dies. Must not outlive its Slots.
using Slot = std::unique_ptr<std::atomic<std::size_t>, GiveBack>;

class Slots {
 public:
  explicit Slots(std::size_t count) : count_(count) {}

  /// Throws `base::Unavailable` when all are taken.
  Slot take() {
    Slot slot(&taken_);
    if (taken_++ < count_) return slot;
    throw base::Unavailable(base::Unavailable::Kind::Retry, "too many imports at once");
  }

 private:
  std::size_t count_;
  std::atomic<std::size_t> taken_ = 0;
};

}  // namespace pixelvault::adapters::net_client
