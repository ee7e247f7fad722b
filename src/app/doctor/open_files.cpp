#include <fmt/format.h>
#include <sys/resource.h>

#include "app/doctor/checks.hpp"
#include "app/file_budget.hpp"

namespace pixelvault::app::doctor {

namespace {

/// A server that makes its own number of the limit should come to this one, and must to that.
constexpr std::size_t kManyConnections = 10'000;
constexpr std::size_t kFewConnections = 64;

}  // namespace

FileNeeds file_needs(const Config& config) {
  if (config.max_connections == 0) {
    return {.least = files_for(config, kFewConnections),
            .well = files_for(config, kManyConnections)};
  }
  return {.least = own_files(config) + config.max_connections,
          .well = files_for(config, config.max_connections)};
}

Diagnosis judge_open_files(std::uint64_t limit, const FileNeeds& needs) {
  Diagnosis files{.check = "open files",
                  .finding = fmt::format("at most {}, wanted are {}", limit, needs.well)};
  if (limit >= needs.well) return files;
  files.verdict = limit < needs.least ? Verdict::Failure : Verdict::Warning;
  files.remedy = fmt::format(
      "Allow {}: LimitNOFILE= in the systemd unit, --ulimit nofile= for a container; or set a "
      "lower max_connections.",
      needs.well);
  return files;
}

/// The server raises its limit to the hard one by itself.
Diagnosis check_open_files(const Config& config) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) limit.rlim_max = 0;
  return judge_open_files(limit.rlim_max, file_needs(config));
}

}  // namespace pixelvault::app::doctor
