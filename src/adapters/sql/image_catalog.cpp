#include "adapters/sql/image_catalog.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "adapters/sql/columns.hpp"
#include "adapters/sql/image_row.hpp"
#include "adapters/sql/outbox.hpp"
#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

namespace {

std::vector<domain::Image> select_after(Session& session, const std::string& after,
                                        long long limit) {
  return select_all<ImageRow>(
      session,
      fmt::format("SELECT {} FROM images WHERE id > :after ORDER BY id LIMIT :limit",
                  kImageColumns),
      to_image, use(after), use(limit));
}

std::optional<domain::Image> select_image(Session& session, const std::string& id) {
  return select_one<ImageRow>(session,
                              fmt::format("SELECT {} FROM images WHERE id = :id", kImageColumns),
                              to_image, use(id));
}

bool change_place(Session& session, const domain::Image& image, const std::string& place) {
  const ImageRow row = to_row(image);
  const auto changed = changed_rows(session,
                                    "UPDATE images SET place = :place "
                                    "WHERE id = :id AND place = :old AND deleted_at IS NULL",
                                    use(place), use(row.id), use(row.place));
  return changed > 0;
}

}  // namespace

base::task<ports::CatalogTotals> SqlImageCatalog::totals() {
  return database_.read([](Session& session) {
    long long images = 0, bytes = 0;
    run(session,
        "SELECT CAST(COALESCE(SUM(images), 0) AS BIGINT), "
        "CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM image_totals WHERE scope = 'all'",
        into(images), into(bytes));
    return ports::CatalogTotals{.images = static_cast<std::uint64_t>(images),
                                .bytes = static_cast<std::uint64_t>(bytes)};
  });
}

base::task<std::vector<domain::Image>> SqlImageCatalog::list(std::optional<domain::ImageId> after,
                                                             std::uint32_t limit) {
  return database_.read([=](Session& session) {
    return select_after(session, after ? after->to_string() : std::string(), limit);
  });
}

base::task<std::optional<domain::Image>> SqlImageCatalog::find(domain::ImageId image) {
  return database_.read([=](Session& session) { return select_image(session, image.to_string()); });
}

base::task<bool> SqlImageCatalog::is_removal_due(ports::BlobRef blob) {
  return database_.read(
      [blob = std::move(blob)](Session& session) { return is_queued(session, blob); });
}

base::task<bool> SqlImageCatalog::move(domain::Image image, std::optional<domain::BlobPlace> place,
                                       std::optional<base::Timestamp> remove_old_at) {
  return database_.write([=, image = std::move(image)](Session& session) {
    auto moved = image;
    moved.place = place;
    if (place == image.place || is_queued(session, ports::blob_of(moved))) return false;
    if (!change_place(session, image, to_column(place))) return false;
    if (remove_old_at) queue_removal(session, ports::blob_of(image), *remove_old_at);
    return true;
  });
}

base::task<void> SqlImageCatalog::forget_removals() {
  return database_.write([](Session& session) { forget_all_removals(session); });
}

}  // namespace pixelvault::adapters::sql
