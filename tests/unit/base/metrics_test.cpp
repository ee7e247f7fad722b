#include "base/metrics.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "base/cache_metrics.hpp"
#include "base/process_metrics.hpp"
#include "base/sync_metrics.hpp"

namespace pixelvault::base {
namespace {

using namespace std::chrono_literals;

/// The page's value of a series, as it is written there; empty when the page does not have it.
std::string value_of(const std::string& series) {
  const auto page = '\n' + metrics_text();
  const auto start = page.find('\n' + series + ' ');
  if (start == std::string::npos) return "";
  const auto value = start + series.size() + 2;
  return page.substr(value, page.find('\n', value) - value);
}

TEST(Metrics, a_counter_is_on_the_page_at_zero_from_its_construction_to_its_end) {
  {
    Counter counter({.name = "test_things_total", .help = "Things."});
    EXPECT_EQ(value_of("test_things_total"), "0");
    counter.add();
    counter.add(41);
    EXPECT_EQ(value_of("test_things_total"), "42");
  }
  EXPECT_EQ(value_of("test_things_total"), "");
}

TEST(Metrics, the_page_says_type_and_help_of_a_name_once) {
  Counter a({.name = "test_help_total", .help = "What it is.", .labels = {{"kind", "a"}}});
  Counter b({.name = "test_help_total", .help = "What it is.", .labels = {{"kind", "b"}}});
  const auto page = metrics_text();
  const std::string head = "# HELP test_help_total What it is.\n# TYPE test_help_total counter\n";
  const auto first = page.find(head);
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(page.find("# TYPE test_help_total", first + head.size()), std::string::npos);
}

TEST(Metrics, objects_of_one_name_and_labels_are_added_up) {
  const MetricInfo info{.name = "test_sum_total", .help = "Sum.", .labels = {{"pool", "x"}}};
  Counter one(info);
  Counter other(info);
  one.add(2);
  other.add(3);
  EXPECT_EQ(value_of("test_sum_total{pool=\"x\"}"), "5");
}

TEST(Metrics, a_gauge_rises_and_falls_with_those_who_hold_it) {
  Gauge gauge({.name = "test_open", .help = "Open."});
  {
    GaugeHold first(gauge);
    GaugeHold second(gauge);
    GaugeHold moved(std::move(first));
    EXPECT_EQ(value_of("test_open"), "2");
    second = std::move(moved);
  }
  EXPECT_EQ(value_of("test_open"), "0");
  gauge.set(-7);
  EXPECT_EQ(value_of("test_open"), "-7");
}

TEST(Metrics, what_is_sampled_is_asked_when_the_page_is_read) {
  int asked = 0;
  SampledMetric metric(MetricKind::Gauge, {.name = "test_sampled", .help = "Asked."},
                       [&] { return ++asked + 0.5; });
  EXPECT_EQ(asked, 0);
  EXPECT_EQ(value_of("test_sampled"), "1.5");
  EXPECT_EQ(value_of("test_sampled"), "2.5");
}

TEST(Metrics, a_duration_counts_in_every_bucket_that_it_fits_and_in_seconds) {
  Histogram histogram({.name = "test_seconds", .help = "Time."}, kDurations);
  histogram.observe(100us);
  histogram.observe(101us);
  histogram.observe(1h);
  histogram.observe(-1s);  // a clock that went back
  EXPECT_EQ(value_of("test_seconds_bucket{le=\"0.0001\"}"), "2");
  EXPECT_EQ(value_of("test_seconds_bucket{le=\"0.00025\"}"), "3");
  EXPECT_EQ(value_of("test_seconds_bucket{le=\"30\"}"), "3");
  EXPECT_EQ(value_of("test_seconds_bucket{le=\"+Inf\"}"), "4");
  EXPECT_EQ(value_of("test_seconds_count"), "4");
  EXPECT_DOUBLE_EQ(std::stod(value_of("test_seconds_sum")), 3600.000201);
}

TEST(Metrics, sizes_have_buckets_of_their_own) {
  Histogram histogram({.name = "test_batch", .help = "Size."}, kSizes);
  for (const std::uint64_t size : {1, 2, 3, 4, 5000}) histogram.observe(size);
  EXPECT_EQ(value_of("test_batch_bucket{le=\"2\"}"), "2");
  EXPECT_EQ(value_of("test_batch_bucket{le=\"4\"}"), "4");
  EXPECT_EQ(value_of("test_batch_bucket{le=\"1024\"}"), "4");
  EXPECT_EQ(value_of("test_batch_sum"), "5010");
}

TEST(Metrics, no_count_of_several_threads_is_lost_while_the_page_is_read) {
  Counter counter({.name = "test_races_total", .help = "Races."});
  Histogram histogram({.name = "test_race_sizes", .help = "Races."}, kSizes);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 10'000; ++n) {
          counter.add();
          histogram.observe(1U);
        }
      });
    }
    for (int i = 0; i < 20; ++i) {
      const Counter passing({.name = "test_passing_total", .help = "Comes and goes."});
      EXPECT_FALSE(metrics_text().empty());
    }
  }
  EXPECT_EQ(value_of("test_races_total"), "40000");
  EXPECT_EQ(value_of("test_race_sizes_count"), "40000");
}

TEST(Metrics, a_cache_tells_hits_from_misses) {
  CacheMetrics cache("test");
  cache.hit();
  cache.hit();
  cache.miss();
  EXPECT_EQ(value_of("pixelvault_cache_lookups_total{cache=\"test\",result=\"hit\"}"), "2");
  EXPECT_EQ(value_of("pixelvault_cache_lookups_total{cache=\"test\",result=\"miss\"}"), "1");
}

TEST(Metrics, a_sync_is_timed_and_its_failure_counted) {
  SyncMetrics syncs("test", "fdatasync");
  EXPECT_EQ(syncs.time([] { return 0; }), 0);
  const int failed = syncs.time([] {
    errno = EIO;
    return -1;
  });
  EXPECT_EQ(errno, EIO);
  EXPECT_EQ(failed, -1);
  const std::string labels = "{store=\"test\",call=\"fdatasync\"}";
  EXPECT_EQ(value_of("pixelvault_sync_seconds_count" + labels), "2");
  EXPECT_EQ(value_of("pixelvault_sync_failures_total" + labels), "1");
}

TEST(Metrics, the_process_tells_of_itself) {
  const ProcessMetrics process;
  EXPECT_GT(std::stod(value_of("process_resident_memory_bytes")), 1e6);
  EXPECT_GE(std::stod(value_of("process_virtual_memory_bytes")),
            std::stod(value_of("process_resident_memory_bytes")));
  EXPECT_GT(std::stod(value_of("process_cpu_seconds_total")), 0);
  EXPECT_GE(std::stod(value_of("process_open_fds")), 3);
  EXPECT_GE(std::stod(value_of("process_max_fds")), std::stod(value_of("process_open_fds")));
  const double now = static_cast<double>(std::time(nullptr));
  const double started = std::stod(value_of("process_start_time_seconds"));
  EXPECT_LE(started, now + 1);
  EXPECT_GT(started, now - 24 * 3600);
}

}  // namespace
}  // namespace pixelvault::base
