// An export: everything that a project had at one moment, as an archive to download (contract §4).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "domain/ids.hpp"
#include "domain/image.hpp"

namespace pixelvault::domain {

enum class ExportStatus { Pending, Processing, Complete, Failed, Expired };

struct Export {
  ExportId id;
  ProjectId project;
  Environment environment = Environment::Live;
  ExportStatus status = ExportStatus::Pending;
  std::uint64_t image_count = 0;  ///< images that the archive is to hold
  std::uint64_t processed_count = 0;
  std::uint64_t bytes = 0;  ///< of their files, as far as they have been looked at
  base::Timestamp created_at;
  base::Timestamp expires_at;  ///< nobody can download it from then on
  std::string error = {};      ///< why it failed
};

}  // namespace pixelvault::domain
