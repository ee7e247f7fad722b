#include "load/client/measurement.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>

namespace pixelvault::bench {
namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

/// JSON text of what a server said: printable ASCII, quotes and backslashes replaced.
std::string quoted(std::string text) {
  for (char& c : text) {
    if (c < ' ' || c > '~') c = ' ';
    if (c == '"' || c == '\\') c = '\'';
  }
  return '"' + text + '"';
}

std::string errors_json(const Measurement& measurement) {
  std::string text;
  for (const auto& [what, count] : measurement.errors) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", quoted(what), count);
  }
  return '{' + text + '}';
}

}  // namespace

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::string to_json(const Measurement& measurement, double cpu_s) {
  const auto& latencies = measurement.latencies;
  const auto counted = static_cast<double>(latencies.count());
  const auto total = static_cast<double>(std::max<std::uint64_t>(measurement.total, 1));
  return fmt::format(
      R"({{"uploads": {}, "total": {}, "window_s": {:.3f}, "per_second": {:.2f}, "p50_ms": {:.3f}, )"
      R"("p99_ms": {:.3f}, "max_ms": {:.3f}, "cpu_s": {:.3f}, "cpu_us_per_upload": {:.2f}, )"
      R"("errors": {}, "first_error": {}}})",
      latencies.count(), measurement.total, measurement.window_s,
      measurement.window_s > 0 ? counted / measurement.window_s : 0, latencies.percentile_ms(50),
      latencies.percentile_ms(99), latencies.percentile_ms(100), cpu_s, cpu_s * 1e6 / total,
      errors_json(measurement), quoted(measurement.first_error));
}

}  // namespace pixelvault::bench
