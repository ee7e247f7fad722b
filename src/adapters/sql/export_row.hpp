// An export as a row, as `image_row.hpp` has it for images.
#pragma once

#include <soci/soci.h>

#include <string>

#include "domain/export.hpp"

namespace pixelvault::adapters::sql {

struct ExportRow {
  std::string id, project, environment, status, error;
  long long running = 0;  ///< 1 while it is pending or processing
  long long image_count = 0, processed_count = 0, bytes = 0;
  long long created_at = 0, expires_at = 0;
};

/// The columns of a row, in the order in which `read_into` binds them.
inline constexpr const char* kExportColumns =
    "id, project_id, environment, status, error, running, image_count, processed_count, bytes, "
    "created_at, expires_at";

ExportRow to_row(const domain::Export& job);
domain::Export to_export(const ExportRow& row);

/// Makes every fetch of `statement` fill `row`, which outlives it.
void read_into(soci::statement& statement, ExportRow& row);

}  // namespace pixelvault::adapters::sql
