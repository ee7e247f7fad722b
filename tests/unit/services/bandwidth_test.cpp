#include "services/bandwidth.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "base/unavailable.hpp"
#include "domain/month.hpp"
#include "unit/services/world.hpp"

namespace pixelvault::services {
namespace {

using std::chrono::seconds;
using support::run;

/// Counts what is asked of the store, and fails when it is told to.
class WatchedUsage final : public ports::UsageStore {
 public:
  explicit WatchedUsage(ports::UsageStore& inner) : inner_(inner) {}

  base::task<domain::AccountUsage> find(domain::AccountId account, std::string month) override {
    return inner_.find(account, std::move(month));
  }
  base::task<void> book_bandwidth(std::vector<ports::SentBytes> sent, std::string month) override {
    largest_batch = std::max(largest_batch, sent.size());
    if (fails_with) throw base::Unavailable(*fails_with, "planned");
    return inner_.book_bandwidth(std::move(sent), std::move(month));
  }
  base::task<std::optional<ports::BandwidthUse>> find_bandwidth(domain::ProjectId project,
                                                                std::string month) override {
    ++asked;
    return inner_.find_bandwidth(project, std::move(month));
  }

  int asked = 0;
  std::size_t largest_batch = 0;
  std::optional<base::Unavailable::Kind> fails_with;

 private:
  ports::UsageStore& inner_;
};

class BandwidthMeter : public testing::Test {
 protected:
  BandwidthMeter() { world_.plans.set({.name = "free", .bandwidth_bytes_per_month = 1000}); }

  bool is_over() { return run(bandwidth_.find_excess(bandwidth_.meter(project_))).has_value(); }
  void book(std::uint64_t bytes) { bandwidth_.meter(project_)->book(bytes); }
  std::uint64_t used() {
    return run(world_.usage_service.find(world_.caller)).used.bandwidth_bytes;
  }

  support::World world_;
  const domain::ProjectId project_ = world_.caller.project;
  WatchedUsage usage_{world_.usage};
  Bandwidth bandwidth_{usage_, world_.clock, world_.plans};
};

TEST_F(BandwidthMeter, what_was_sent_counts_at_once_and_is_written_at_the_flush) {
  book(999);
  EXPECT_FALSE(is_over());
  book(1);
  EXPECT_TRUE(is_over());
  EXPECT_EQ(used(), 0U);
  run(bandwidth_.flush());
  EXPECT_EQ(used(), 1000U);
  EXPECT_TRUE(is_over());
  run(bandwidth_.flush());
  EXPECT_EQ(used(), 1000U) << "nothing is booked twice";
}

TEST_F(BandwidthMeter, the_refusal_says_limit_use_and_reset) {
  book(1234);
  const auto error = run(bandwidth_.find_excess(bandwidth_.meter(project_)));
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code, domain::ErrorCode::BandwidthQuotaExceeded);
  EXPECT_EQ(error->limit, 1000U);
  EXPECT_EQ(error->actual, 1234U);
  EXPECT_EQ(error->resets_at, domain::month_of(world_.clock.now()).end);
}

TEST_F(BandwidthMeter, the_database_is_asked_once_a_minute_for_a_quiet_project) {
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(is_over());
  EXPECT_EQ(usage_.asked, 1);
  world_.clock.advance(seconds(59));
  EXPECT_FALSE(is_over());
  EXPECT_EQ(usage_.asked, 1);
  world_.clock.advance(seconds(1));
  EXPECT_FALSE(is_over());
  EXPECT_EQ(usage_.asked, 2);
}

TEST_F(BandwidthMeter, what_another_server_has_sent_is_seen_with_the_next_flush) {
  EXPECT_FALSE(is_over());
  Bandwidth other(world_.usage, world_.clock, world_.plans);
  other.meter(project_)->book(1000);
  run(other.flush());
  EXPECT_FALSE(is_over());
  book(1);
  run(bandwidth_.flush());
  EXPECT_TRUE(is_over());
}

TEST_F(BandwidthMeter, a_new_month_begins_at_nothing) {
  book(1000);
  run(bandwidth_.flush());
  EXPECT_TRUE(is_over());
  world_.clock.set(domain::month_of(world_.clock.now()).end);
  EXPECT_FALSE(is_over());
}

TEST_F(BandwidthMeter, what_could_not_be_written_is_kept) {
  book(500);
  usage_.fails_with = base::Unavailable::Kind::Retry;
  EXPECT_THROW(run(bandwidth_.flush()), base::Unavailable);
  book(100);
  usage_.fails_with.reset();
  run(bandwidth_.flush());
  EXPECT_EQ(used(), 600U);
}

TEST_F(BandwidthMeter, what_may_have_been_written_is_not_counted_twice) {
  book(500);
  usage_.fails_with = base::Unavailable::Kind::Fail;
  EXPECT_THROW(run(bandwidth_.flush()), base::Unavailable);
  usage_.fails_with.reset();
  run(bandwidth_.flush());
  EXPECT_EQ(used(), 0U);
}

TEST_F(BandwidthMeter, many_projects_are_written_in_batches) {
  for (int i = 0; i < 1200; ++i) bandwidth_.meter(world_.build.id<domain::ProjectId>())->book(1);
  run(bandwidth_.flush());
  EXPECT_EQ(usage_.largest_batch, 500U);
}

TEST_F(BandwidthMeter, threads_lose_no_byte) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this] {
      for (int n = 0; n < 1000; ++n) book(3);
    });
  }
  for (int i = 0; i < 20; ++i) run(bandwidth_.flush());
  threads.clear();
  run(bandwidth_.flush());
  EXPECT_EQ(used(), 12'000U);
}

TEST_F(BandwidthMeter, meters_in_use_survive_a_flood_of_projects) {
  const auto held = bandwidth_.meter(project_);
  for (int i = 0; i < 100'000; ++i) bandwidth_.meter(world_.build.id<domain::ProjectId>());
  EXPECT_EQ(bandwidth_.meter(project_), held);
  held->book(7);
  run(bandwidth_.flush());
  EXPECT_EQ(used(), 7U);
}

TEST_F(BandwidthMeter, a_plan_without_a_limit_is_never_used_up) {
  run(world_.accounts.set_plan(world_.caller.account, "unlimited"));
  book(1'000'000'000'000);
  EXPECT_FALSE(is_over());
}

}  // namespace
}  // namespace pixelvault::services
