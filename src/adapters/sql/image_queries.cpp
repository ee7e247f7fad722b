#include "adapters/sql/image_queries.hpp"

#include <fmt/format.h>

#include "adapters/sql/columns.hpp"
#include "adapters/sql/image_totals.hpp"
#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

using soci::use;

std::string find_sql() {
  return fmt::format("SELECT {} FROM images WHERE id = :id AND project_id = :project",
                     kImageColumns);
}

std::string list_sql(const ports::ImageQuery& query) {
  return fmt::format(
      "SELECT {} FROM images WHERE project_id = :project AND environment = :environment{}{} AND "
      "deleted_at IS NULL AND (expires_at IS NULL OR expires_at > :now) "
      "ORDER BY id DESC LIMIT :limit OFFSET :skip",
      kImageColumns, query.folder ? " AND folder = :folder" : "",
      query.before ? " AND id < :before" : "");
}

namespace {

/// One more than the page holds, to see whether older ones follow.
std::vector<domain::Image> select_images(soci::session& session, const ports::ImageQuery& query) {
  const std::string project = query.project.to_string();
  const std::string environment = to_column(query.environment);
  const std::string folder = query.folder.value_or("");
  const std::string before = query.before ? query.before->to_string() : "";
  const long long limit = static_cast<long long>(query.limit) + 1;
  const auto skip = static_cast<long long>(query.skip);
  const long long now = base::to_unix_millis(query.now);
  soci::statement statement(session);
  statement.exchange(use(project, "project"));
  statement.exchange(use(environment, "environment"));
  if (query.folder) statement.exchange(use(folder, "folder"));
  if (query.before) statement.exchange(use(before, "before"));
  statement.exchange(use(now, "now"));
  statement.exchange(use(limit, "limit"));
  statement.exchange(use(skip, "skip"));
  ImageRow row;
  read_into(statement, row);
  prepare(statement, list_sql(query));
  return fetch_all(statement, row, to_image);
}

}  // namespace

FindImage::FindImage(soci::session& session) : statement_(session) {
  read_into(statement_, row_);
  statement_.exchange(use(id_, "id"));
  statement_.exchange(use(project_, "project"));
  prepare(statement_, find_sql());
}

std::optional<domain::Image> FindImage::run(const domain::ProjectId& project,
                                            const domain::ImageId& image) {
  id_ = image.to_string();
  project_ = project.to_string();
  auto images = fetch_all(statement_, row_, to_image);
  if (images.empty()) return std::nullopt;
  return std::move(images.front());
}

ports::ImagePage select_page(soci::session& session, const ports::ImageQuery& query) {
  ports::ImagePage page;
  page.images = select_images(session, query);
  page.total =
      count_images(session, query.project.to_string(), to_column(query.environment), query.folder);
  page.more = page.images.size() > query.limit;
  if (page.more) page.images.pop_back();
  return page;
}

}  // namespace pixelvault::adapters::sql
