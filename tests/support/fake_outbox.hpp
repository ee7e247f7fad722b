// How much waits in the outbox of the fake records. Any thread may call.
#pragma once

#include <algorithm>
#include <utility>

#include "ports/outbox.hpp"
#include "support/fake_records.hpp"

namespace pixelvault::support {

class FakeOutbox final : public ports::Outbox {
 public:
  explicit FakeOutbox(FakeRecordsPtr records) : records_(std::move(records)) {}

  base::task<ports::Backlog> measure(base::Timestamp now) override {
    const std::lock_guard lock(records_->mutex);
    ports::Backlog backlog{.queued = static_cast<std::uint32_t>(records_->removals.size())};
    for (const auto& [blob, removal] : records_->removals) {
      if (removal.due_at > now) continue;
      ++backlog.due;
      backlog.oldest_due_at = std::min(removal.due_at, backlog.oldest_due_at.value_or(now));
    }
    co_return backlog;
  }

 private:
  FakeRecordsPtr records_;
};

}  // namespace pixelvault::support
