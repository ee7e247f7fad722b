#include "adapters/sql/image_row.hpp"

#include <fmt/format.h>

#include "adapters/sql/columns.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

ImageRow to_row(const domain::Image& image) {
  ImageRow row{.id = image.id.to_string(),
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
               .created_at = base::to_unix_millis(image.created_at)};
  if (image.deleted_at) {
    row.deleted_at = base::to_unix_millis(*image.deleted_at);
    row.deleted = soci::i_ok;
  }
  return row;
}

domain::Image to_image(const ImageRow& row) {
  domain::Image image{.id = to_id<domain::ImageId>(row.id),
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
                      .created_at = base::from_unix_millis(row.created_at)};
  if (row.deleted == soci::i_ok) image.deleted_at = base::from_unix_millis(row.deleted_at);
  return image;
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
  statement.exchange(into(row.created_at));
  statement.exchange(into(row.deleted_at, row.deleted));
}

void insert_row(soci::session& session, ImageRow row) {
  session << fmt::format(
      "INSERT INTO images ({}) VALUES (:id, :project, :environment, :format, :size, :width, "
      ":height, :frames, :sha256, :filename, :folder, :metadata, :created_at, :deleted_at)",
      kImageColumns),
      use(row.id), use(row.project), use(row.environment), use(row.format), use(row.size),
      use(row.width), use(row.height), use(row.frames), use(row.sha256), use(row.filename),
      use(row.folder), use(row.metadata), use(row.created_at), use(row.deleted_at, row.deleted);
}

}  // namespace pixelvault::adapters::sql
