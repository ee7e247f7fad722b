#include "adapters/sql/image_row.hpp"

#include <fmt/format.h>

#include "adapters/sql/columns.hpp"

#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

ImageRow to_row(const domain::Image& image) {
  return {.id = image.id.to_string(),
          .project = image.project.to_string(),
          .environment = to_column(image.environment),
          .format = to_column(image.format),
          .size = static_cast<long long>(image.size),
          .width = image.facts.width,
          .height = image.facts.height,
          .frames = image.facts.frames,
          .sha256 = to_column(image.sha256),
          .filename = image.filename,
          .folder = image.folder,
          .metadata = image.metadata,
          .visibility = to_column(image.visibility),
          .place = to_column(image.place),
          .created_at = base::to_unix_millis(image.created_at),
          .expires_at = to_nullable(image.expires_at),
          .deleted_at = to_nullable(image.deleted_at)};
}

domain::Image to_image(const ImageRow& row) {
  return {.id = to_id<domain::ImageId>(row.id),
          .project = to_id<domain::ProjectId>(row.project),
          .environment = to_environment(row.environment),
          .format = to_format(row.format),
          .size = static_cast<std::uint64_t>(row.size),
          .facts = {.width = static_cast<std::uint32_t>(row.width),
                    .height = static_cast<std::uint32_t>(row.height),
                    .frames = static_cast<std::uint32_t>(row.frames)},
          .sha256 = to_digest(row.sha256),
          .filename = row.filename,
          .folder = row.folder,
          .metadata = row.metadata,
          .created_at = base::from_unix_millis(row.created_at),
          .visibility = to_visibility(row.visibility),
          .expires_at = to_time(row.expires_at),
          .deleted_at = to_time(row.deleted_at),
          .place = to_place(row.place)};
}

void read_into(soci::statement& statement, ImageRow& row) {
  statement.exchange(into(row.id));
  statement.exchange(into(row.project));
  statement.exchange(into(row.environment));
  statement.exchange(into(row.format));
  statement.exchange(into(row.size));
  statement.exchange(into(row.width));
  statement.exchange(into(row.height));
  statement.exchange(into(row.frames));
  statement.exchange(into(row.sha256));
  statement.exchange(into(row.filename));
  statement.exchange(into(row.folder));
  statement.exchange(into(row.metadata));
  statement.exchange(into(row.visibility));
  statement.exchange(into(row.created_at));
  statement.exchange(into_nullable(row.expires_at));
  statement.exchange(into_nullable(row.deleted_at));
  statement.exchange(into(row.place));
}

void insert_row(Session& session, ImageRow row) {
  static const std::string sql = fmt::format(
      "INSERT INTO images ({}) VALUES (:id, :project, :environment, :format, :size, :width, "
      ":height, :frames, :sha256, :filename, :folder, :metadata, :visibility, "
      ":created_at, :expires_at, :deleted_at, :place)",
      kImageColumns);
  run(session, sql, use(row.id), use(row.project), use(row.environment), use(row.format),
      use(row.size), use(row.width), use(row.height), use(row.frames), use(row.sha256),
      use(row.filename), use(row.folder), use(row.metadata), use(row.visibility),
      use(row.created_at), use_nullable(row.expires_at), use_nullable(row.deleted_at),
      use(row.place));
}

}  // namespace pixelvault::adapters::sql
