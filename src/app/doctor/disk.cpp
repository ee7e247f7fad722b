#include <fmt/format.h>
#include <sys/statvfs.h>

#include "app/doctor/checks.hpp"

namespace pixelvault::app::doctor {

namespace {

constexpr std::uint64_t kMegabyte = 1ULL << 20;
constexpr std::uint64_t kTooLittle = 100 * kMegabyte;  // less than two large uploads
constexpr std::uint64_t kLittle = 1024 * kMegabyte;
constexpr std::uint64_t kLittlePercent = 5;

/// Of what is there, whatever the unit.
std::uint64_t percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 100 : part * 100 / whole;
}

}  // namespace

Diagnosis judge_space(const FreeSpace& space) {
  const auto bytes_left = percent(space.bytes / kMegabyte, space.of_bytes / kMegabyte);
  const auto inodes_left = percent(space.inodes, space.of_inodes);
  Diagnosis free{.check = "free space",
                 .finding = fmt::format("{} MB ({} %), {} % of the inodes", space.bytes / kMegabyte,
                                        bytes_left, inodes_left)};
  if (space.bytes < kTooLittle || inodes_left == 0) {
    free.verdict = Verdict::Failure;
    free.remedy = "Make room or a larger disk now: uploads are refused with 507.";
  } else if (space.bytes < kLittle || bytes_left < kLittlePercent || inodes_left < kLittlePercent) {
    free.verdict = Verdict::Warning;
    free.remedy = "Make room or a larger disk soon.";
  }
  return free;
}

Diagnosis check_space(const Config& config) {
  struct statvfs found{};
  if (::statvfs(config.data.c_str(), &found) != 0) {
    return {.check = "free space",
            .verdict = Verdict::Failure,
            .finding = "the data folder cannot be looked at",
            .remedy = "Name the data folder of the server, and run this as its user."};
  }
  return judge_space({.bytes = found.f_bavail * found.f_frsize,
                      .of_bytes = found.f_blocks * found.f_frsize,
                      .inodes = found.f_favail,
                      .of_inodes = found.f_files});
}

}  // namespace pixelvault::app::doctor
