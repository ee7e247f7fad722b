#include "adapters/sql/image_upkeep.hpp"

#include <fmt/format.h>

#include <utility>

#include "adapters/sql/burial.hpp"
#include "adapters/sql/image_row.hpp"
#include "adapters/sql/outbox.hpp"
#include "adapters/sql/project_emptying.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/upload_identities.hpp"

namespace pixelvault::adapters::sql {

using soci::use;

namespace {

std::uint32_t bury_all(Session& session, const std::vector<domain::Image>& images,
                       base::Timestamp now) {
  std::uint32_t buried = 0;
  for (const auto& image : images) buried += bury(session, image, now) ? 1 : 0;
  return buried;
}

std::vector<domain::Image> select_expired(Session& session, base::Timestamp now,
                                          std::uint32_t limit) {
  const long long at = base::to_unix_millis(now);
  const long long most = limit;
  return select_all<ImageRow>(session,
                              fmt::format("SELECT {} FROM images WHERE deleted_at IS NULL AND "
                                          "expires_at <= :now ORDER BY expires_at, id LIMIT :limit",
                                          kImageColumns),
                              to_image, use(at), use(most));
}

std::vector<domain::Image> select_living(Session& session, const domain::ProjectId& project,
                                         std::uint32_t limit) {
  const std::string id = project.to_string();
  const long long most = limit;
  return select_all<ImageRow>(session,
                              fmt::format("SELECT {} FROM images WHERE project_id = :project AND "
                                          "deleted_at IS NULL LIMIT :limit",
                                          kImageColumns),
                              to_image, use(id), use(most));
}

}  // namespace

base::task<std::uint32_t> SqlImageUpkeep::expire(base::Timestamp now, std::uint32_t limit) {
  return database_.write([=](Session& session) {
    return bury_all(session, select_expired(session, now, limit), now);
  });
}

base::task<std::uint32_t> SqlImageUpkeep::empty_project(domain::ProjectId project,
                                                        base::Timestamp now, std::uint32_t limit) {
  return database_.write([=](Session& session) {
    const auto buried = bury_all(session, select_living(session, project, limit), now);
    refresh_to_empty(session, project);
    return buried;
  });
}

base::task<std::uint32_t> SqlImageUpkeep::forget_keys(base::Timestamp now, std::uint32_t limit) {
  return database_.write([=](Session& session) { return drop_ended_keys(session, now, limit); });
}

base::task<std::vector<ports::BlobRef>> SqlImageUpkeep::lease_removals(base::Timestamp now,
                                                                       base::Timestamp leased_until,
                                                                       std::uint32_t limit) {
  return database_.write(
      [=](Session& session) { return lease_due_removals(session, now, leased_until, limit); });
}

base::task<std::uint32_t> SqlImageUpkeep::end_leases(base::Timestamp now) {
  return database_.write([=](Session& session) { return end_removal_leases(session, now); });
}

base::task<void> SqlImageUpkeep::finish_removal(ports::BlobRef blob) {
  return database_.write(
      [blob = std::move(blob)](Session& session) { forget_removal(session, blob); });
}

}  // namespace pixelvault::adapters::sql
