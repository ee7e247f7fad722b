#include <fmt/format.h>
#include <sys/stat.h>

#include "app/doctor/checks.hpp"

namespace pixelvault::app::doctor {

namespace {

constexpr unsigned kOthersRead = S_IROTH;
constexpr unsigned kOthersEnter = S_IXOTH;
constexpr unsigned kOthersWrite = S_IWOTH;

unsigned mode_of(const std::filesystem::path& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777U : 0;
}

}  // namespace

Diagnosis judge_access(unsigned folder_mode, unsigned database_mode) {
  Diagnosis access{
      .check = "permissions",
      .finding = fmt::format("folder {:o}, database {:o}", folder_mode, database_mode)};
  const bool writable = ((folder_mode | database_mode) & kOthersWrite) != 0;
  const bool readable = (folder_mode & kOthersEnter) != 0 && (database_mode & kOthersRead) != 0;
  if (!writable && !readable) return access;
  access.verdict = writable ? Verdict::Failure : Verdict::Warning;
  access.remedy = "Other users of this machine can get at addresses and hashes: chmod -R o-rwx it.";
  return access;
}

Diagnosis check_access(const Config& config) {
  return judge_access(mode_of(config.data), mode_of(config.data / "pixelvault.db"));
}

}  // namespace pixelvault::app::doctor
