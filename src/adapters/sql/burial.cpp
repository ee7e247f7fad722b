#include "adapters/sql/burial.hpp"

#include <string>

#include "adapters/sql/account_usage.hpp"
#include "adapters/sql/image_row.hpp"
#include "adapters/sql/image_totals.hpp"
#include "adapters/sql/outbox.hpp"
#include "adapters/sql/upload_identities.hpp"

#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

namespace {

bool set_deleted(Session& session, const std::string& id, base::Timestamp now) {
  const long long deleted_at = base::to_unix_millis(now);
  std::string deleted;
  return run(session,
             "UPDATE images SET deleted_at = :now WHERE id = :id AND deleted_at IS NULL "
             "RETURNING id",
             soci::use(deleted_at), soci::use(id), soci::into(deleted));
}

}  // namespace

bool bury(Session& session, const domain::Image& image, base::Timestamp now) {
  const ImageRow row = to_row(image);
  if (!set_deleted(session, row.id, now)) return false;
  count_out(session, row);
  give_back(session, image);
  drop_fingerprint(session, image.id);
  queue_removal(session, ports::blob_of(image), now);
  return true;
}

}  // namespace pixelvault::adapters::sql
