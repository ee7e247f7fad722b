#include <fmt/format.h>
#include <sys/resource.h>

#include "app/doctor/checks.hpp"

namespace pixelvault::app::doctor {

namespace {

constexpr std::uint64_t kLeast = 1024;
constexpr std::uint64_t kWell = 16'384;  // 10,000 idle connections, and files beside them

}  // namespace

Diagnosis judge_open_files(std::uint64_t limit) {
  Diagnosis files{.check = "open files", .finding = fmt::format("at most {}", limit)};
  if (limit >= kWell) return files;
  files.verdict = limit < kLeast ? Verdict::Failure : Verdict::Warning;
  files.remedy = fmt::format(
      "Allow {}: LimitNOFILE= in the systemd unit, --ulimit nofile= for a container.", kWell);
  return files;
}

/// The server raises its limit to the hard one by itself.
Diagnosis check_open_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return judge_open_files(0);
  return judge_open_files(limit.rlim_max);
}

}  // namespace pixelvault::app::doctor
