// The checks of the doctor. Each looks at one thing and never throws: what cannot be looked at is
// not well. The `judge_…` functions are the rules without the looking. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "adapters/sql/inspection.hpp"
#include "app/config.hpp"
#include "app/doctor/diagnosis.hpp"
#include "base/time.hpp"

namespace pixelvault::app::doctor {

using Diagnoses = std::vector<Diagnosis>;

// database.cpp
Diagnoses check_database(const Config& config, bool deep);
Diagnoses judge_database(const adapters::sql::DatabaseFacts& facts);
Diagnosis judge_log(std::uint64_t bytes);

// blob_store.cpp: writes a blob, reads it back, removes it.
Diagnosis check_blob_store(const Config& config);

// disk.cpp
struct FreeSpace {
  std::uint64_t bytes = 0;
  std::uint64_t of_bytes = 0;
  std::uint64_t inodes = 0;
  std::uint64_t of_inodes = 0;  ///< 0 where the file system counts none
};
Diagnosis check_space(const Config& config);
Diagnosis judge_space(const FreeSpace& space);

// syncing.cpp
struct FileSystem {
  std::string name;  ///< e.g. `ext4`; `unknown` for others
  enum class Kind { Disk, Memory, Network, Layered, Unknown } kind = Kind::Unknown;
};
Diagnoses check_syncing(const Config& config);
/// `magic` is `f_type` of statfs(2).
FileSystem file_system_of(std::uint64_t magic);
Diagnosis judge_file_system(const FileSystem& system);
/// `median`: of small writes with fdatasync each.
Diagnosis judge_sync_time(std::chrono::nanoseconds median, const FileSystem& system);

// clock.cpp
struct ClockFacts {
  base::Timestamp now;
  base::Timestamp file_time;  ///< of a file that was written just now
  bool synchronised = true;   ///< as the kernel says
};
Diagnosis check_clock(const Config& config);
Diagnosis judge_clock(const ClockFacts& facts);

// open_files.cpp
/// Open files of a server with these settings: what it cannot do without, and what it needs when
/// every connection that it may have is open.
struct FileNeeds {
  std::uint64_t least = 0;
  std::uint64_t well = 0;
};
FileNeeds file_needs(const Config& config);
Diagnosis check_open_files(const Config& config);
Diagnosis judge_open_files(std::uint64_t limit, const FileNeeds& needs);

// public_url.cpp: asks the server by its public address.
Diagnosis check_public_url(const Config& config);

// access.cpp
Diagnosis check_access(const Config& config);
/// `mode`: permission bits of the folder and of the database.
Diagnosis judge_access(unsigned folder_mode, unsigned database_mode);

// leftovers.cpp
Diagnosis check_leftovers(const Config& config);

}  // namespace pixelvault::app::doctor
