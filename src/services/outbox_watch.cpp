#include "services/outbox_watch.hpp"

#include <algorithm>
#include <chrono>

namespace pixelvault::services {

base::task<void> OutboxWatch::look() {
  const auto now = clock_.now();
  const auto backlog = co_await outbox_.measure(now);
  queued_.set(backlog.queued);
  due_.set(backlog.due);
  const auto age = now - std::min(now, backlog.oldest_due_at.value_or(now));
  age_.set(std::chrono::floor<std::chrono::seconds>(age).count());
}

}  // namespace pixelvault::services
