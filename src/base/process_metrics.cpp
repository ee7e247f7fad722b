#include "base/process_metrics.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace pixelvault::base {

namespace {

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// The field of /proc/self/stat, counted from one as in proc(5), from the third on: the second is a
/// name in brackets that may hold anything.
double stat_field(int number) {
  std::ifstream file("/proc/self/stat");
  std::string text(std::istreambuf_iterator<char>(file), {});
  std::istringstream fields(text.substr(std::min(text.rfind(')') + 1, text.size())));
  std::string field;
  for (int i = 3; i <= number; ++i) fields >> field;
  return field.empty() ? 0 : std::stod(field);
}

double virtual_bytes() { return stat_field(23); }

double resident_bytes() { return stat_field(24) * static_cast<double>(::sysconf(_SC_PAGESIZE)); }

double boot_time() {
  std::ifstream file("/proc/stat");
  for (std::string word; file >> word;) {
    double seconds = 0;
    if (word == "btime" && file >> seconds) return seconds;
  }
  return 0;
}

/// Since 1970; the system counts in ticks since it was started.
double start_time() {
  return boot_time() + stat_field(22) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double open_files() {
  std::error_code error;
  const std::filesystem::directory_iterator files("/proc/self/fd", error);
  if (error) return 0;
  return static_cast<double>(std::distance(begin(files), end(files)));
}

double most_open_files() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  return static_cast<double>(limit.rlim_cur);
}

}  // namespace

ProcessMetrics::ProcessMetrics() {
  const auto gauge = [this](const char* name, const char* help, double (*sample)()) {
    metrics_.emplace_back(MetricKind::Gauge, MetricInfo{.name = name, .help = help}, sample);
  };
  metrics_.emplace_back(MetricKind::Counter,
                        MetricInfo{.name = "process_cpu_seconds_total",
                                   .help = "User and system CPU time of the process in seconds."},
                        cpu_seconds);
  gauge("process_virtual_memory_bytes", "Virtual memory of the process in bytes.", virtual_bytes);
  gauge("process_resident_memory_bytes", "Resident memory of the process in bytes.",
        resident_bytes);
  gauge("process_open_fds", "Open file descriptors.", open_files);
  gauge("process_max_fds", "Most file descriptors that may be open.", most_open_files);
  gauge("process_start_time_seconds", "Start of the process, seconds since 1970.", start_time);
}

}  // namespace pixelvault::base
