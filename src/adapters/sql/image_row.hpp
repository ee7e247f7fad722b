// An image as a row: the variables that SOCI reads and writes, and the way to and from the domain's
// image. Columns stand here once for all statements.
#pragma once

#include <soci/soci.h>

#include <string>
#include <vector>

#include "adapters/sql/nullable.hpp"
#include "adapters/sql/session.hpp"
#include "domain/image.hpp"

namespace pixelvault::adapters::sql {

struct ImageRow {
  std::string id, project, environment, format;
  long long size = 0, width = 0, height = 0, frames = 0;
  std::string sha256, filename, folder, metadata, visibility, place;
  long long created_at = 0;
  Nullable expires_at, deleted_at;
};

/// The columns of a row, in the order in which `read_into` binds them.
inline constexpr const char* kImageColumns =
    "id, project_id, environment, format, size, width, height, frames, sha256, filename, folder, "
    "metadata, visibility, created_at, expires_at, deleted_at, place";

ImageRow to_row(const domain::Image& image);
domain::Image to_image(const ImageRow& row);

/// Makes every fetch of `statement` fill `row`, which outlives it.
void read_into(soci::statement& statement, ImageRow& row);

/// By value, since SOCI may write to an indicator that it was given.
void insert_row(Session& session, ImageRow row);

}  // namespace pixelvault::adapters::sql
