#include "services/outbox_watch.hpp"

#include <gtest/gtest.h>

#include "support/fake_clock.hpp"
#include "support/fake_outbox.hpp"
#include "support/run_task.hpp"

namespace pixelvault::services {
namespace {

using std::chrono::seconds;

void expect(const std::string& line) {
  const auto page = base::metrics_text();
  EXPECT_NE(page.find('\n' + line + '\n'), std::string::npos) << line;
}

TEST(OutboxWatch, shows_what_waits_and_since_when) {
  support::FakeClock clock;
  const auto records = std::make_shared<support::FakeRecords>();
  support::FakeOutbox outbox(records);
  OutboxWatch watch(outbox, clock);
  const auto due = [&](const char* key, seconds from_now) {
    records->removals[{.key = key}].due_at = clock.now() + from_now;
  };
  due("a", seconds(-90));
  due("b", seconds(-5));
  due("c", seconds(5));
  support::run(watch.look());
  expect("pixelvault_outbox_queued 3");
  expect("pixelvault_outbox_due 2");
  expect("pixelvault_outbox_oldest_due_age_seconds 90");

  records->removals.clear();
  support::run(watch.look());
  expect("pixelvault_outbox_queued 0");
  expect("pixelvault_outbox_due 0");
  expect("pixelvault_outbox_oldest_due_age_seconds 0");
}

}  // namespace
}  // namespace pixelvault::services
