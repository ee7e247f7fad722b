// Counters that are wrong in the way that a test says. Any thread may call.
#pragma once

#include <utility>
#include <vector>

#include "ports/counter_audit.hpp"

namespace pixelvault::support {

class FakeCounterAudit final : public ports::CounterAudit {
 public:
  /// For tests: what is wrong from here on.
  void set(std::vector<ports::CounterDrift> drift) { drift_ = std::move(drift); }

  base::task<std::vector<ports::CounterDrift>> find_drift(base::Timestamp,
                                                          std::uint32_t limit) override {
    auto found = drift_;
    if (found.size() > limit) found.resize(limit);
    co_return found;
  }
  base::task<std::vector<ports::CounterDrift>> repair(base::Timestamp, std::uint32_t) override {
    co_return std::exchange(drift_, {});
  }

 private:
  std::vector<ports::CounterDrift> drift_;
};

}  // namespace pixelvault::support
