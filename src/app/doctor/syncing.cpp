#include <fcntl.h>
#include <fmt/format.h>
#include <linux/magic.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "app/doctor/checks.hpp"
#include "base/unique_fd.hpp"

namespace pixelvault::app::doctor {

namespace {

using Kind = FileSystem::Kind;
using Clock = std::chrono::steady_clock;

// No disk writes a block that fast; what answers sooner has only remembered it.
constexpr std::chrono::microseconds kTooFast{20};
constexpr std::chrono::milliseconds kSlow{50};
constexpr std::size_t kSamples = 25;

struct Known {
  std::uint64_t magic;
  const char* name;
  Kind kind;
};
constexpr std::array kKnown = {Known{EXT4_SUPER_MAGIC, "ext4", Kind::Disk},
                               Known{0x58465342, "xfs", Kind::Disk},
                               Known{BTRFS_SUPER_MAGIC, "btrfs", Kind::Disk},
                               Known{0x2FC12FC1, "zfs", Kind::Disk},
                               Known{0xF2F52010, "f2fs", Kind::Disk},
                               Known{TMPFS_MAGIC, "tmpfs", Kind::Memory},
                               Known{RAMFS_MAGIC, "ramfs", Kind::Memory},
                               Known{NFS_SUPER_MAGIC, "nfs", Kind::Network},
                               Known{0xFF534D42, "cifs", Kind::Network},
                               Known{0xFE534D42, "smb2", Kind::Network},
                               Known{0x00C36400, "ceph", Kind::Network},
                               Known{0x65735546, "fuse", Kind::Unknown},
                               Known{OVERLAYFS_SUPER_MAGIC, "overlay", Kind::Layered}};

/// The median time of a small write with its sync; nothing when that fails.
std::optional<std::chrono::nanoseconds> measure(const std::filesystem::path& folder) {
  const base::UniqueFd file(
      ::open((folder / "doctor.sync").c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!file) return std::nullopt;
  ::unlink((folder / "doctor.sync").c_str());
  const std::array<char, 4096> block{};
  std::array<std::chrono::nanoseconds, kSamples> times{};
  for (auto& time : times) {
    const auto start = Clock::now();
    if (::write(file.get(), block.data(), block.size()) != std::ssize(block)) return std::nullopt;
    if (::fdatasync(file.get()) != 0) return std::nullopt;
    time = Clock::now() - start;
  }
  std::ranges::nth_element(times, times.begin() + kSamples / 2);
  return times.at(kSamples / 2);
}

}  // namespace

FileSystem file_system_of(std::uint64_t magic) {
  const auto* found = std::ranges::find(kKnown, magic, &Known::magic);
  if (found == kKnown.end()) return {.name = fmt::format("unknown ({:#x})", magic)};
  return {.name = found->name, .kind = found->kind};
}

Diagnosis judge_file_system(const FileSystem& system) {
  Diagnosis found{.check = "file system", .finding = system.name};
  switch (system.kind) {
    case Kind::Disk:
      return found;
    case Kind::Memory:
      found.verdict = Verdict::Failure;
      found.remedy = "Everything is lost at the next boot: move the data folder to a disk.";
      return found;
    case Kind::Network:
      found.verdict = Verdict::Failure;
      found.remedy = "SQLite's locks and syncs are not safe there: move the data to a local disk.";
      return found;
    case Kind::Layered:
      found.verdict = Verdict::Warning;
      found.remedy = "A container's own layer goes with the container: mount a volume there.";
      return found;
    case Kind::Unknown:
      found.verdict = Verdict::Warning;
      found.remedy = "Nobody has tested this one: pull the plug once, or use ext4 or xfs.";
      return found;
  }
  return found;
}

Diagnosis judge_sync_time(std::chrono::nanoseconds median, const FileSystem& system) {
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(median);
  Diagnosis found{.check = "sync", .finding = fmt::format("{} µs a write", micros.count())};
  if (system.kind != Kind::Memory && median < kTooFast) {
    found.verdict = Verdict::Warning;
    found.finding += ", which is a cache and no disk";
    found.remedy = "Turn off the write cache, or make sure that it outlives a power cut.";
  } else if (median > kSlow) {
    found.verdict = Verdict::Warning;
    found.remedy = "Uploads wait for syncs: use a faster disk, or find out what else writes to it.";
  }
  return found;
}

Diagnoses check_syncing(const Config& config) {
  struct statfs status{};
  if (::statfs(config.data.c_str(), &status) != 0) return {};  // free space says so
  const auto system = file_system_of(static_cast<std::uint32_t>(status.f_type));
  const auto median = measure(config.data);
  if (median) return {judge_file_system(system), judge_sync_time(*median, system)};
  return {judge_file_system(system),
          {.check = "sync",
           .verdict = Verdict::Failure,
           .finding = "a small file cannot be written and synced",
           .remedy = "Run this as the user of the server, and look at the kernel's log."}};
}

}  // namespace pixelvault::app::doctor
