#include "base/metrics.hpp"

#include <algorithm>

#include "base/metrics_page.hpp"

namespace pixelvault::base {

namespace {

constexpr std::uint64_t operator""_us(unsigned long long count) { return count * 1000; }
constexpr std::uint64_t operator""_ms(unsigned long long count) { return count * 1'000'000; }
constexpr std::uint64_t operator""_s(unsigned long long count) { return count * 1'000'000'000; }

}  // namespace

constinit const HistogramBuckets kDurations{
    .bounds = {100_us, 250_us, 500_us, 1_ms, 2500_us, 5_ms, 10_ms, 25_ms, 50_ms, 100_ms, 250_ms,
               500_ms, 1_s, 2500_ms, 5_s, 10_s, 30_s},
    .divisor = 1e9};

constinit const HistogramBuckets kSizes{.bounds = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024}};

Metric::Metric(MetricKind kind, MetricInfo info) : kind_(kind), info_(std::move(info)) {}

void Metric::publish() { metrics_page().add(*this); }

void Metric::withdraw() { metrics_page().remove(*this); }

Counter::Counter(MetricInfo info) : Metric(MetricKind::Counter, std::move(info)) { publish(); }

Counter::~Counter() { withdraw(); }

MetricReading Counter::read() const { return {.value = static_cast<double>(value_.sum())}; }

Gauge::Gauge(MetricInfo info) : Metric(MetricKind::Gauge, std::move(info)) { publish(); }

Gauge::~Gauge() { withdraw(); }

MetricReading Gauge::read() const {
  return {.value = static_cast<double>(added_.sum() + set_.load(std::memory_order_relaxed))};
}

SampledMetric::SampledMetric(MetricKind kind, MetricInfo info, std::function<double()> sample)
    : Metric(kind, std::move(info)), sample_(std::move(sample)) {
  publish();
}

SampledMetric::~SampledMetric() { withdraw(); }

MetricReading SampledMetric::read() const { return {.value = sample_()}; }

Histogram::Histogram(MetricInfo info, const HistogramBuckets& buckets)
    : Metric(MetricKind::Histogram, std::move(info)),
      buckets_(buckets),
      size_(static_cast<std::size_t>(std::ranges::find(buckets.bounds, 0U) -
                                     buckets.bounds.begin())) {
  publish();
}

Histogram::~Histogram() { withdraw(); }

void Histogram::observe(std::uint64_t value) noexcept {
  // Most of what is observed is small, so the first bounds are the likely ones.
  std::size_t bucket = 0;
  while (bucket < size_ && value > buckets_.bounds[bucket]) ++bucket;
  auto& stripe = stripes_[stripe_of_thread()];
  stripe.counts[bucket].fetch_add(1, std::memory_order_relaxed);
  stripe.sum.fetch_add(value, std::memory_order_relaxed);
}

void Histogram::observe(std::chrono::nanoseconds took) noexcept {
  observe(static_cast<std::uint64_t>(std::max<std::chrono::nanoseconds::rep>(0, took.count())));
}

MetricReading Histogram::read() const {
  MetricReading reading;
  for (std::size_t i = 0; i < size_; ++i) {
    // Divided and not multiplied, so that 100 µs is 0.0001 and not nearly so.
    reading.bounds.push_back(static_cast<double>(buckets_.bounds[i]) / buckets_.divisor);
  }
  reading.counts.resize(size_ + 1);
  std::uint64_t sum = 0;
  for (const auto& stripe : stripes_) {
    sum += stripe.sum.load(std::memory_order_relaxed);
    for (std::size_t i = 0; i <= size_; ++i) {
      reading.counts[i] += stripe.counts[i].load(std::memory_order_relaxed);
    }
  }
  reading.value = static_cast<double>(sum) / buckets_.divisor;
  return reading;
}

}  // namespace pixelvault::base
