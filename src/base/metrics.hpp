// What the process counts of itself, for Prometheus. A metric is an object that is on the page from
// its construction to its end, at zero until something happens; objects of one name and labels are
// added up, so that each thread or pool may have its own. Counting is one atomic addition (a
// histogram: two) and never waits; any thread may do it. Reading takes one mutex.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/stripes.hpp"

namespace pixelvault::base {

/// What the page says of a metric. The label values of a name must be few and known beforehand:
/// the pattern of a route, never a path.
struct MetricInfo {
  std::string name;  ///< `pixelvault_…`, with its unit; counters end in `_total`
  std::string help;  ///< one sentence
  std::vector<std::pair<std::string, std::string>> labels = {};
};

enum class MetricKind { Counter, Gauge, Histogram };

/// What a metric reads at one moment.
struct MetricReading {
  double value = 0;                     ///< of a histogram the sum of what was observed
  std::vector<double> bounds = {};      ///< of a histogram: upper ends, without infinity
  std::vector<std::uint64_t> counts{};  ///< one more than bounds, not cumulative
};

class Metric {
 public:
  Metric(MetricKind kind, MetricInfo info);
  Metric(const Metric&) = delete;
  Metric& operator=(const Metric&) = delete;
  virtual ~Metric() = default;

  MetricKind kind() const { return kind_; }
  const MetricInfo& info() const { return info_; }
  virtual MetricReading read() const = 0;

 protected:
  /// On the page from now on; the last thing that the most derived constructor does.
  void publish();
  /// Off the page; the first thing that the most derived destructor does.
  void withdraw();

 private:
  MetricKind kind_;
  MetricInfo info_;
};

/// Only rises.
class Counter final : public Metric {
 public:
  explicit Counter(MetricInfo info);
  ~Counter() override;
  void add(std::uint64_t count = 1) noexcept { value_.add(count); }
  MetricReading read() const override;

 private:
  StripedSum<std::uint64_t> value_;
};

/// Rises and falls: either it is added to, or set.
class Gauge final : public Metric {
 public:
  explicit Gauge(MetricInfo info);
  ~Gauge() override;
  void add(std::int64_t count) noexcept { added_.add(count); }
  void set(std::int64_t value) noexcept { set_.store(value, std::memory_order_relaxed); }
  MetricReading read() const override;

 private:
  StripedSum<std::int64_t> added_;
  std::atomic<std::int64_t> set_ = 0;
};

/// One more in a gauge for as long as it lives; empty it holds nothing.
class GaugeHold {
 public:
  GaugeHold() = default;
  explicit GaugeHold(Gauge& gauge) : gauge_(&gauge) { gauge.add(1); }
  GaugeHold(GaugeHold&& other) noexcept : gauge_(std::exchange(other.gauge_, nullptr)) {}
  GaugeHold& operator=(GaugeHold&& other) noexcept {
    std::swap(gauge_, other.gauge_);
    return *this;
  }
  ~GaugeHold() {
    if (gauge_ != nullptr) gauge_->add(-1);
  }

 private:
  Gauge* gauge_ = nullptr;
};

/// Asked whenever the page is read, which costs nothing before. The function must not wait for
/// long, nor make or end a metric; it is not called after the object's end.
class SampledMetric final : public Metric {
 public:
  SampledMetric(MetricKind kind, MetricInfo info, std::function<double()> sample);
  ~SampledMetric() override;
  MetricReading read() const override;

 private:
  std::function<double()> sample_;
};

/// Upper ends of a histogram's buckets in the unit that is observed, and how many of those make one
/// of the unit that is published.
struct HistogramBuckets {
  static constexpr std::size_t kMax = 20;
  std::array<std::uint64_t, kMax> bounds{};  ///< rising; the first zero ends them
  double divisor = 1;
};
/// Observed in nanoseconds, published in seconds: 100 µs to 30 s.
extern const HistogramBuckets kDurations;
/// Numbers of things: 1 to 1024 in powers of two.
extern const HistogramBuckets kSizes;

class Histogram final : public Metric {
 public:
  /// `buckets` outlives it.
  Histogram(MetricInfo info, const HistogramBuckets& buckets);
  ~Histogram() override;
  void observe(std::uint64_t value) noexcept;
  void observe(std::chrono::nanoseconds took) noexcept;
  MetricReading read() const override;

 private:
  const HistogramBuckets& buckets_;
  std::size_t size_;  // of the bounds
  struct Stripe {
    std::array<std::atomic<std::uint64_t>, HistogramBuckets::kMax + 1> counts{};
    std::atomic<std::uint64_t> sum = 0;
    std::array<std::byte, kCacheLine> between{};
  };
  std::array<Stripe, kStripes> stripes_;
};

/// Every metric of the process in Prometheus' text format, version 0.0.4, sorted by name.
std::string metrics_text();
inline constexpr const char* kMetricsContentType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace pixelvault::base
