#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <unistd.h>

#include "adapters/system/clock.hpp"
#include "app/doctor/checks.hpp"
#include "base/unique_fd.hpp"

namespace pixelvault::app::doctor {

namespace {

using std::chrono::seconds;
using std::chrono::year;

constexpr seconds kApart{2};
constexpr base::Timestamp kEarliest = std::chrono::sys_days(year(2024) / 1 / 1);
constexpr base::Timestamp kLatest = std::chrono::sys_days(year(2100) / 1 / 1);

/// The time that the file system gives a new file.
base::Timestamp time_of_new_file(const std::filesystem::path& folder, base::Timestamp otherwise) {
  const auto path = folder / "doctor.clock";
  const base::UniqueFd file(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  struct stat status{};
  if (!file || ::fstat(file.get(), &status) != 0) return otherwise;
  ::unlink(path.c_str());
  return base::from_unix_millis(status.st_mtim.tv_sec * 1000 + status.st_mtim.tv_nsec / 1'000'000);
}

bool is_synchronised() {
  timex state{};
  const int result = ::adjtimex(&state);
  return result != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

}  // namespace

Diagnosis judge_clock(const ClockFacts& facts) {
  Diagnosis clock{.check = "clock", .finding = base::to_rfc3339(facts.now)};
  if (facts.now < kEarliest || facts.now >= kLatest) {
    clock.verdict = Verdict::Failure;
    clock.remedy = "Set the clock: ids, expiry and signed links rely on it.";
  } else if (std::chrono::abs(facts.now - facts.file_time) > kApart) {
    clock.verdict = Verdict::Warning;
    clock.finding += ", and new files are of " + base::to_rfc3339(facts.file_time);
    clock.remedy = "Set the clock of the file server as this one's.";
  } else if (!facts.synchronised) {
    clock.verdict = Verdict::Warning;
    clock.finding += ", and nobody keeps it right";
    clock.remedy = "Run chrony or systemd-timesyncd.";
  }
  return clock;
}

Diagnosis check_clock(const Config& config) {
  const auto now = adapters::system::SystemClock().now();
  return judge_clock({.now = now,
                      .file_time = time_of_new_file(config.data, now),
                      .synchronised = is_synchronised()});
}

}  // namespace pixelvault::app::doctor
