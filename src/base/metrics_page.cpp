#include "base/metrics_page.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <limits>
#include <map>

namespace pixelvault::base {

namespace {

using Labels = std::vector<std::pair<std::string, std::string>>;

struct Family {
  MetricKind kind = MetricKind::Counter;
  std::string help;
  std::map<Labels, MetricReading> readings;
};

void add_up(MetricReading& total, const MetricReading& part) {
  total.value += part.value;
  if (total.counts.empty()) {
    total.bounds = part.bounds;
    total.counts = part.counts;
    return;
  }
  for (std::size_t i = 0; i < std::min(total.counts.size(), part.counts.size()); ++i) {
    total.counts[i] += part.counts[i];
  }
}

prometheus::MetricType type_of(MetricKind kind) {
  switch (kind) {
    case MetricKind::Counter:
      return prometheus::MetricType::Counter;
    case MetricKind::Gauge:
      return prometheus::MetricType::Gauge;
    case MetricKind::Histogram:
      return prometheus::MetricType::Histogram;
  }
  std::unreachable();
}

prometheus::ClientMetric::Histogram to_histogram(const MetricReading& reading) {
  prometheus::ClientMetric::Histogram histogram;
  for (std::size_t i = 0; i < reading.counts.size(); ++i) {
    histogram.sample_count += reading.counts[i];
    const bool last = i == reading.bounds.size();
    histogram.bucket.push_back(
        {.cumulative_count = histogram.sample_count,
         .upper_bound = last ? std::numeric_limits<double>::infinity() : reading.bounds[i]});
  }
  histogram.sample_sum = reading.value;
  return histogram;
}

prometheus::ClientMetric to_client(MetricKind kind, const Labels& labels,
                                   const MetricReading& reading) {
  prometheus::ClientMetric metric;
  for (const auto& [name, value] : labels) metric.label.push_back({.name = name, .value = value});
  if (kind == MetricKind::Counter) metric.counter.value = reading.value;
  if (kind == MetricKind::Gauge) metric.gauge.value = reading.value;
  if (kind == MetricKind::Histogram) metric.histogram = to_histogram(reading);
  return metric;
}

prometheus::MetricFamily to_client(const std::string& name, const Family& family) {
  prometheus::MetricFamily result{
      .name = name, .help = family.help, .type = type_of(family.kind), .metric = {}};
  for (const auto& [labels, reading] : family.readings) {
    result.metric.push_back(to_client(family.kind, labels, reading));
  }
  return result;
}

}  // namespace

MetricsPage& metrics_page() {
  static MetricsPage page;
  return page;
}

void MetricsPage::add(const Metric& metric) {
  const std::lock_guard lock(mutex_);
  metrics_.push_back(&metric);
}

void MetricsPage::remove(const Metric& metric) {
  const std::lock_guard lock(mutex_);
  std::erase(metrics_, &metric);
}

std::string MetricsPage::text() const {
  std::map<std::string, Family> families;
  {
    const std::lock_guard lock(mutex_);
    for (const auto* metric : metrics_) {
      const auto& info = metric->info();
      auto& family = families[info.name];
      family.kind = metric->kind();
      family.help = info.help;
      add_up(family.readings[info.labels], metric->read());
    }
  }
  std::vector<prometheus::MetricFamily> result;
  result.reserve(families.size());
  for (const auto& [name, family] : families) result.push_back(to_client(name, family));
  return prometheus::TextSerializer().Serialize(result);
}

std::string metrics_text() { return metrics_page().text(); }

}  // namespace pixelvault::base
