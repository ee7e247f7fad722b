#include "adapters/sql/upload_identities.hpp"

#include <chrono>

#include "adapters/sql/columns.hpp"
#include "adapters/sql/nullable.hpp"
#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

namespace {

constexpr std::chrono::hours kKeyLife{24};

struct KeyedRow {
  std::string fingerprint, image, filename, folder, metadata;
  Nullable signed_expires;
};

void read_into(soci::statement& statement, KeyedRow& row) {
  statement.exchange(into(row.fingerprint));
  statement.exchange(into(row.image));
  statement.exchange(into(row.filename));
  statement.exchange(into(row.folder));
  statement.exchange(into(row.metadata));
  statement.exchange(into_nullable(row.signed_expires));
}

KeptKey to_kept_key(const KeyedRow& row) {
  return {.fingerprint = to_digest(row.fingerprint),
          .image = to_id<domain::ImageId>(row.image),
          .filename = row.filename,
          .folder = row.folder,
          .metadata = row.metadata,
          .signed_expires = to_number(row.signed_expires)};
}

void keep_key(Session& session, const UploadPlace& place, const std::string& key,
              const ports::NewImage& upload) {
  const std::string fingerprint = to_column(upload.identity.fingerprint);
  const std::string image = upload.image.id.to_string();
  Nullable signed_expires = to_nullable(upload.signed_expires);
  const long long created_at = base::to_unix_millis(upload.image.created_at);
  const long long expires_at = base::to_unix_millis(upload.image.created_at + kKeyLife);
  run(session,
      "INSERT INTO idempotency_keys (project_id, environment, idempotency_key, fingerprint, "
      "image_id, filename, folder, metadata, signed_expires, created_at, expires_at) VALUES "
      "(:project, :environment, :key, :fingerprint, :image, :filename, :folder, :metadata, "
      ":signed_expires, :created_at, :expires_at) "
      "ON CONFLICT (project_id, environment, idempotency_key) DO UPDATE SET "
      "fingerprint = excluded.fingerprint, image_id = excluded.image_id, "
      "filename = excluded.filename, folder = excluded.folder, "
      "metadata = excluded.metadata, signed_expires = excluded.signed_expires, "
      "created_at = excluded.created_at, expires_at = excluded.expires_at",
      use(place.project), use(place.environment), use(key), use(fingerprint), use(image),
      use(upload.image.filename), use(upload.image.folder), use(upload.image.metadata),
      use_nullable(signed_expires), use(created_at), use(expires_at));
}

void keep_fingerprint(Session& session, const UploadPlace& place, const ports::NewImage& upload) {
  const std::string fingerprint = to_column(upload.identity.fingerprint);
  const std::string image = upload.image.id.to_string();
  Nullable signed_expires = to_nullable(upload.signed_expires);
  run(session,
      "INSERT INTO upload_fingerprints (project_id, environment, fingerprint, image_id, "
      "signed_expires) VALUES (:project, :environment, :fingerprint, :image, "
      ":signed_expires)",
      use(place.project), use(place.environment), use(fingerprint), use(image),
      use_nullable(signed_expires));
}

}  // namespace

UploadPlace to_place(const domain::ProjectId& project, domain::Environment environment) {
  return {.project = project.to_string(), .environment = to_column(environment)};
}

std::optional<KeptKey> find_key(Session& session, const UploadPlace& place, const std::string& key,
                                base::Timestamp now) {
  const long long at = base::to_unix_millis(now);
  return select_one<KeyedRow>(
      session,
      "SELECT fingerprint, image_id, filename, folder, metadata, signed_expires "
      "FROM idempotency_keys WHERE project_id = :project AND environment = :environment AND "
      "idempotency_key = :key AND expires_at > :now",
      to_kept_key, use(place.project), use(place.environment), use(key), use(at));
}

std::optional<KeptFingerprint> find_fingerprint(Session& session, const UploadPlace& place,
                                                const base::Sha256& fingerprint) {
  const std::string digest = to_column(fingerprint);
  std::string image;
  Nullable signed_expires;
  const bool found =
      run(session,
          "SELECT image_id, signed_expires FROM upload_fingerprints WHERE "
          "project_id = :project AND environment = :environment AND fingerprint = :fingerprint",
          use(place.project), use(place.environment), use(digest), into(image),
          into_nullable(signed_expires));
  if (!found) return std::nullopt;
  return KeptFingerprint{.image = to_id<domain::ImageId>(image),
                         .signed_expires = to_number(signed_expires)};
}

void keep_identity(Session& session, const ports::NewImage& upload) {
  const auto place = to_place(upload.image.project, upload.image.environment);
  if (upload.identity.key) {
    keep_key(session, place, *upload.identity.key, upload);
  } else {
    keep_fingerprint(session, place, upload);
  }
}

void drop_fingerprint(Session& session, const domain::ImageId& image) {
  const std::string id = image.to_string();
  run(session, "DELETE FROM upload_fingerprints WHERE image_id = :image", use(id));
}

std::uint32_t drop_ended_keys(Session& session, base::Timestamp now, std::uint32_t limit) {
  const long long at = base::to_unix_millis(now);
  const long long most = limit;
  return changed_rows(
      session,
      "DELETE FROM idempotency_keys WHERE (project_id, environment, idempotency_key) IN "
      "(SELECT project_id, environment, idempotency_key FROM idempotency_keys "
      "WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit)",
      use(at), use(most));
}

}  // namespace pixelvault::adapters::sql
