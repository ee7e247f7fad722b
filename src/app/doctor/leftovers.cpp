#include <fmt/format.h>

#include "app/data_folder.hpp"
#include "app/doctor/checks.hpp"

namespace pixelvault::app::doctor {

namespace {

std::uint64_t count_files(const std::filesystem::path& folder) {
  std::error_code missing;
  std::uint64_t count = 0;
  for (auto at = std::filesystem::directory_iterator(folder, missing);
       !missing && at != std::filesystem::directory_iterator(); at.increment(missing)) {
    ++count;
  }
  return count;
}

}  // namespace

Diagnosis check_leftovers(const Config& config) {
  if (std::filesystem::exists(config.data / kRestoreMarker)) {
    return {.check = "leftovers",
            .verdict = Verdict::Failure,
            .finding = "a restore into this folder did not end",
            .remedy = "Run pixelvault restore again, into this folder."};
  }
  const auto unfinished = count_files(config.data / "blobs" / "tmp");
  if (unfinished == 0 || is_served(config.data)) return {.check = "leftovers", .finding = "none"};
  return {.check = "leftovers",
          .verdict = Verdict::Warning,
          .finding = fmt::format("{} unfinished files", unfinished),
          .remedy = "Start the server: it removes them."};
}

}  // namespace pixelvault::app::doctor
