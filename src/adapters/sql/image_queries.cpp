#include "adapters/sql/image_queries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "adapters/sql/columns.hpp"
#include "adapters/sql/image_totals.hpp"
#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

using soci::use;

std::string find_sql() {
  return fmt::format("SELECT {} FROM images WHERE id = :id AND project_id = :project",
                     kImageColumns);
}

std::string list_sql(const ports::ImageQuery& query, From from) {
  return fmt::format(
      "SELECT {} FROM images WHERE project_id = :project AND environment = :environment{}{} AND "
      "deleted_at IS NULL AND (expires_at IS NULL OR expires_at > :now) "
      "ORDER BY id {} LIMIT :limit OFFSET :skip",
      kImageColumns, query.folder ? " AND folder = :folder" : "",
      query.before ? " AND id < :before" : "", from == From::Newest ? "DESC" : "ASC");
}

namespace {

/// Which rows a page takes, counted from one end.
struct Slice {
  From from = From::Newest;
  std::uint64_t skip = 0;
  std::uint64_t limit = 0;
};

/// What a numbered page passes over is read all the same, so one beyond the middle is counted from
/// the other end: the last page costs what the first one costs.
Slice slice_of(const ports::ImageQuery& query, std::uint64_t total) {
  // One more than the page holds, to see whether older ones follow.
  const Slice from_newest{.skip = query.skip, .limit = query.limit + std::uint64_t{1}};
  if (query.before || query.skip <= total / 2 || query.skip >= total) return from_newest;
  const std::uint64_t end = std::min(query.skip + from_newest.limit, total);
  return {.from = From::Oldest, .skip = total - end, .limit = end - query.skip};
}

std::vector<domain::Image> select_images(Session& session, const ports::ImageQuery& query,
                                         const Slice& slice) {
  const std::string project = query.project.to_string();
  const std::string environment = to_column(query.environment);
  const std::string folder = query.folder.value_or("");
  const std::string before = query.before ? query.before->to_string() : "";
  const auto limit = static_cast<long long>(slice.limit);
  const auto skip = static_cast<long long>(slice.skip);
  const long long now = base::to_unix_millis(query.now);
  auto images = with_statement(session, list_sql(query, slice.from), [&](auto& statement) {
    statement.exchange(use(project, "project"));
    statement.exchange(use(environment, "environment"));
    if (query.folder) statement.exchange(use(folder, "folder"));
    if (query.before) statement.exchange(use(before, "before"));
    statement.exchange(use(now, "now"));
    statement.exchange(use(limit, "limit"));
    statement.exchange(use(skip, "skip"));
    return fetch_all<ImageRow>(statement, to_image);
  });
  if (slice.from == From::Oldest) std::ranges::reverse(images);
  return images;
}

}  // namespace

std::optional<domain::Image> select_image(Session& session, const domain::ProjectId& project,
                                          const domain::ImageId& image) {
  static const std::string sql = find_sql();
  const std::string id = image.to_string();
  const std::string project_id = project.to_string();
  return select_one<ImageRow>(session, sql, to_image, use(id, "id"), use(project_id, "project"));
}

ports::ImagePage select_page(Session& session, const ports::ImageQuery& query) {
  ports::ImagePage page;
  page.total =
      count_images(session, query.project.to_string(), to_column(query.environment), query.folder);
  page.images = select_images(session, query, slice_of(query, page.total));
  page.more = page.images.size() > query.limit;
  if (page.more) page.images.pop_back();
  return page;
}

}  // namespace pixelvault::adapters::sql
