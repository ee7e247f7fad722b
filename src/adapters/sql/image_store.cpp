#include "adapters/sql/image_store.hpp"

#include <utility>

#include "adapters/sql/account_usage.hpp"
#include "adapters/sql/burial.hpp"
#include "adapters/sql/columns.hpp"
#include "adapters/sql/image_queries.hpp"
#include "adapters/sql/image_row.hpp"
#include "adapters/sql/image_totals.hpp"
#include "adapters/sql/project_emptying.hpp"
#include "adapters/sql/upload_identities.hpp"

#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

using soci::use;

namespace {

domain::Image changed(domain::Image image, const ports::ImageChanges& changes) {
  if (changes.folder) image.folder = *changes.folder;
  if (changes.filename) image.filename = *changes.filename;
  if (changes.metadata) image.metadata = *changes.metadata;
  return image;
}

void replace(Session& session, const domain::Image& before, const domain::Image& after) {
  const ImageRow old_row = to_row(before);
  const ImageRow row = to_row(after);
  run(session,
      "UPDATE images SET folder = :folder, filename = :filename, metadata = :metadata "
      "WHERE id = :id",
      use(row.folder), use(row.filename), use(row.metadata), use(row.id));
  if (before.folder == after.folder) return;
  count_out(session, old_row);
  count_in(session, row);
}

}  // namespace

base::task<ports::InsertOutcome> SqlImageStore::insert(ports::NewImage upload) {
  return database_.write(
      [this, upload = std::move(upload)](Session& session) { return store(session, upload); });
}

ports::InsertOutcome SqlImageStore::store(Session& session, const ports::NewImage& upload) {
  const auto& image = upload.image;
  if (auto known =
          replay(session, image.project, image.environment, upload.identity, image.created_at)) {
    return std::visit([](auto& kind) { return ports::InsertOutcome(std::move(kind)); }, *known);
  }
  bury_outlived(session, upload);
  if (auto over = reserve(session, upload)) return *over;
  const ImageRow row = to_row(image);
  insert_row(session, row);
  count_in(session, row);
  keep_identity(session, upload);
  note_image_of_deleted(session, image.project);
  return ports::Stored{};
}

/// What is not a replay, but holds the fingerprint, has expired and waits to be buried.
void SqlImageStore::bury_outlived(Session& session, const ports::NewImage& upload) {
  if (upload.identity.key) return;
  const auto& [project, environment] = std::pair(upload.image.project, upload.image.environment);
  const auto kept =
      find_fingerprint(session, to_place(project, environment), upload.identity.fingerprint);
  if (!kept) return;
  const auto image = expect_column(select_image(session, project, kept->image), "image_id");
  bury(session, image, upload.image.created_at);
}

std::optional<ports::Replay> SqlImageStore::replay(Session& session,
                                                   const domain::ProjectId& project,
                                                   domain::Environment environment,
                                                   const domain::UploadIdentity& identity,
                                                   base::Timestamp now) {
  if (identity.key) return replay_of_key(session, project, environment, identity, now);
  const auto kept = find_fingerprint(session, to_place(project, environment), identity.fingerprint);
  if (!kept) return std::nullopt;
  auto image = expect_column(select_image(session, project, kept->image), "image_id");
  if (domain::is_gone(image, now)) return std::nullopt;
  return ports::Replayed{.image = std::move(image), .signed_expires = kept->signed_expires};
}

std::optional<ports::Replay> SqlImageStore::replay_of_key(Session& session,
                                                          const domain::ProjectId& project,
                                                          domain::Environment environment,
                                                          const domain::UploadIdentity& identity,
                                                          base::Timestamp now) {
  const auto kept =
      find_key(session, to_place(project, environment), identity.key.value_or(""), now);
  if (!kept) return std::nullopt;
  if (kept->fingerprint != identity.fingerprint) return ports::KeyReused{};
  auto image = expect_column(select_image(session, project, kept->image), "image_id");
  image.filename = kept->filename;
  image.folder = kept->folder;
  image.metadata = kept->metadata;
  return ports::Replayed{.image = std::move(image), .signed_expires = kept->signed_expires};
}

base::task<std::optional<ports::Replay>> SqlImageStore::find_replay(domain::ProjectId project,
                                                                    domain::Environment environment,
                                                                    domain::UploadIdentity identity,
                                                                    base::Timestamp now) {
  return database_.read([=, this, identity = std::move(identity)](Session& session) {
    return replay(session, project, environment, identity, now);
  });
}

base::task<bool> SqlImageStore::has_key(domain::ProjectId project, domain::Environment environment,
                                        std::string key, base::Timestamp now) {
  return database_.read([=, key = std::move(key)](Session& session) {
    return find_key(session, to_place(project, environment), key, now).has_value();
  });
}

base::task<std::optional<domain::Image>> SqlImageStore::find(domain::ProjectId project,
                                                             domain::ImageId image) {
  return database_.read(
      [=, this](Session& session) { return select_image(session, project, image); });
}

base::task<ports::ImagePage> SqlImageStore::list(ports::ImageQuery query) {
  return database_.read(
      [query = std::move(query)](Session& session) { return select_page(session, query); });
}

std::optional<domain::Image> SqlImageStore::find_own(Session& session,
                                                     const domain::ProjectId& project,
                                                     domain::Environment environment,
                                                     const domain::ImageId& image) {
  auto found = select_image(session, project, image);
  if (found && found->environment != environment) return std::nullopt;
  return found;
}

base::task<std::optional<domain::Image>> SqlImageStore::update(domain::ProjectId project,
                                                               domain::Environment environment,
                                                               domain::ImageId image,
                                                               ports::ImageChanges changes,
                                                               base::Timestamp now) {
  return database_.write([=, this, changes = std::move(changes)](Session& session) {
    const auto before = find_own(session, project, environment, image);
    if (!before || domain::is_gone(*before, now)) return std::optional<domain::Image>();
    auto after = changed(*before, changes);
    replace(session, *before, after);
    return std::optional(std::move(after));
  });
}

base::task<std::optional<domain::Image>> SqlImageStore::mark_deleted(
    domain::ProjectId project, domain::Environment environment, domain::ImageId image,
    base::Timestamp now) {
  return database_.write([=, this](Session& session) {
    auto found = find_own(session, project, environment, image);
    if (found && bury(session, *found, now)) found->deleted_at = now;
    return found;
  });
}

}  // namespace pixelvault::adapters::sql
