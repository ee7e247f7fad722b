#include "adapters/sql/image_store.hpp"

#include <utility>

#include "adapters/sql/columns.hpp"
#include "adapters/sql/image_row.hpp"
#include "adapters/sql/image_totals.hpp"
#include "adapters/sql/outbox.hpp"

namespace pixelvault::adapters::sql {

namespace {

void bury(soci::session& session, const domain::Image& image, base::Timestamp now) {
  const ImageRow row = to_row(image);
  const long long deleted_at = base::to_unix_millis(now);
  session << "UPDATE images SET deleted_at = :now WHERE id = :id", soci::use(deleted_at),
      soci::use(row.id);
  count_out(session, row);
  queue_removal(session, domain::image_path(image), now);
}

}  // namespace

base::task<void> SqlImageStore::insert(domain::Image image) {
  return database_.write([row = to_row(image)](soci::session& session) {
    insert_row(session, row);
    count_in(session, row);
  });
}

base::task<std::optional<domain::Image>> SqlImageStore::find(domain::ProjectId project,
                                                             domain::ImageId image) {
  return database_.read(
      [=, this](soci::session& session) { return find_.run(session, project, image); });
}

base::task<ports::ImagePage> SqlImageStore::list(ports::ImageQuery query) {
  return database_.read(
      [query = std::move(query)](soci::session& session) { return select_page(session, query); });
}

base::task<std::optional<domain::Image>> SqlImageStore::mark_deleted(
    domain::ProjectId project, domain::Environment environment, domain::ImageId image,
    base::Timestamp now) {
  return database_.write([=, this](soci::session& session) {
    auto found = find_.run(session, project, image);
    if (!found || found->environment != environment) return std::optional<domain::Image>();
    if (found->deleted_at) return found;
    bury(session, *found, now);
    found->deleted_at = now;
    return found;
  });
}

base::task<std::vector<std::string>> SqlImageStore::lease_removals(base::Timestamp now,
                                                                   base::Timestamp leased_until,
                                                                   std::uint32_t limit) {
  return database_.write([=](soci::session& session) {
    return lease_due_removals(session, now, leased_until, limit);
  });
}

base::task<void> SqlImageStore::finish_removal(std::string key) {
  return database_.write(
      [key = std::move(key)](soci::session& session) { forget_removal(session, key); });
}

}  // namespace pixelvault::adapters::sql
