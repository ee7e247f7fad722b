// The steps of the schema. Column types are those that SQLite and PostgreSQL share: ids and digests
// are text, times are Unix milliseconds. A column that is added NOT NULL needs a constant default.
#include <array>

#include "adapters/sql/migrations.hpp"

namespace pixelvault::adapters::sql {

namespace {

constexpr std::array<std::string_view, 12> kFirst = {
    // `email_key` is the address in ASCII lower case.
    R"(CREATE TABLE accounts (
         id TEXT PRIMARY KEY,
         email TEXT NOT NULL,
         email_key TEXT NOT NULL UNIQUE,
         password_hash TEXT NOT NULL,
         plan TEXT NOT NULL,
         created_at BIGINT NOT NULL))",

    R"(CREATE TABLE projects (
         id TEXT PRIMARY KEY,
         account_id TEXT NOT NULL REFERENCES accounts (id),
         name TEXT NOT NULL,
         created_at BIGINT NOT NULL))",

    "CREATE INDEX projects_of_account ON projects (account_id, id)",

    R"(CREATE TABLE api_keys (
         id TEXT PRIMARY KEY,
         project_id TEXT NOT NULL REFERENCES projects (id),
         environment TEXT NOT NULL,
         hash TEXT NOT NULL UNIQUE,
         shown_prefix TEXT NOT NULL,
         created_at BIGINT NOT NULL))",

    "CREATE INDEX api_keys_of_project ON api_keys (project_id, id)",

    // A row with `deleted_at` is a tombstone. No foreign key: tombstones outlive their project.
    R"(CREATE TABLE images (
         id TEXT PRIMARY KEY,
         project_id TEXT NOT NULL,
         environment TEXT NOT NULL,
         format TEXT NOT NULL,
         size BIGINT NOT NULL,
         width BIGINT NOT NULL,
         height BIGINT NOT NULL,
         frames BIGINT NOT NULL,
         sha256 TEXT NOT NULL,
         filename TEXT NOT NULL,
         folder TEXT NOT NULL,
         metadata TEXT NOT NULL,
         created_at BIGINT NOT NULL,
         deleted_at BIGINT))",

    "CREATE INDEX images_newest ON images (project_id, environment, id) WHERE deleted_at IS NULL",

    "CREATE INDEX images_newest_of_folder ON images (project_id, environment, folder, id) "
    "WHERE deleted_at IS NULL",

    // What lists say of their length, so that nobody counts rows. The empty folder is a folder too;
    // all folders together are the rows of
    // scope `all`, those of scope `folder` are one folder each.
    R"(CREATE TABLE image_totals (
         project_id TEXT NOT NULL,
         environment TEXT NOT NULL,
         scope TEXT NOT NULL,
         folder TEXT NOT NULL,
         images BIGINT NOT NULL,
         bytes BIGINT NOT NULL,
         PRIMARY KEY (project_id, environment, scope, folder)))",

    // What must still happen to the world because of a change: `kind` says what, to which blob.
    // A lease moves `due_at` into the future.
    R"(CREATE TABLE outbox (
         kind TEXT NOT NULL,
         blob_key TEXT NOT NULL,
         due_at BIGINT NOT NULL,
         attempts BIGINT NOT NULL,
         PRIMARY KEY (kind, blob_key)))",

    "CREATE INDEX outbox_due ON outbox (kind, due_at, blob_key)",

    // Written by the health probe, to know that a write goes through.
    R"(CREATE TABLE health (
         id BIGINT PRIMARY KEY,
         checks BIGINT NOT NULL))",
};

constexpr auto kSecond = std::to_array<std::string_view>({
    "ALTER TABLE api_keys ADD COLUMN label TEXT NOT NULL DEFAULT ''",
    // Names with a space between; keys of step 1 may do all that there was.
    "ALTER TABLE api_keys ADD COLUMN scopes TEXT NOT NULL DEFAULT "
    "'images:write images:read images:delete keys:manage usage:read'",
    "ALTER TABLE api_keys ADD COLUMN origin TEXT NOT NULL DEFAULT 'registration'",
    "ALTER TABLE api_keys ADD COLUMN expires_at BIGINT",
    "ALTER TABLE api_keys ADD COLUMN revoked_at BIGINT",
    "ALTER TABLE api_keys ADD COLUMN last_used_at BIGINT",

    // `to_empty` is 1 while a deleted project may have images: the janitor's list of work.
    "ALTER TABLE projects ADD COLUMN deleted_at BIGINT",
    "ALTER TABLE projects ADD COLUMN to_empty BIGINT NOT NULL DEFAULT 0",
    "CREATE INDEX projects_living ON projects (account_id, id) WHERE deleted_at IS NULL",
    "CREATE INDEX projects_to_empty ON projects (to_empty, id) WHERE to_empty = 1",

    "ALTER TABLE images ADD COLUMN visibility TEXT NOT NULL DEFAULT 'public'",
    "ALTER TABLE images ADD COLUMN expires_at BIGINT",
    "CREATE INDEX images_expiring ON images (expires_at, id) "
    "WHERE deleted_at IS NULL AND expires_at IS NOT NULL",

    R"(CREATE TABLE sessions (
         hash TEXT PRIMARY KEY,
         account_id TEXT NOT NULL REFERENCES accounts (id),
         created_at BIGINT NOT NULL,
         expires_at BIGINT NOT NULL))",
    "CREATE INDEX sessions_of_account ON sessions (account_id)",
    "CREATE INDEX sessions_ending ON sessions (expires_at, hash)",

    // What an account has at this moment: every account has a row, so that a quota is reserved by
    // one conditional UPDATE.
    R"(CREATE TABLE account_usage (
         account_id TEXT PRIMARY KEY REFERENCES accounts (id),
         storage_bytes BIGINT NOT NULL,
         private_images BIGINT NOT NULL))",
    R"(INSERT INTO account_usage (account_id, storage_bytes, private_images)
       SELECT accounts.id, CAST(COALESCE(SUM(images.size), 0) AS BIGINT), 0 FROM accounts
       LEFT JOIN projects ON projects.account_id = accounts.id
       LEFT JOIN images ON images.project_id = projects.id AND images.deleted_at IS NULL
       GROUP BY accounts.id)",

    // What an account did in a month, such as `2026-11`; a month without a row is a fresh one.
    R"(CREATE TABLE monthly_usage (
         account_id TEXT NOT NULL REFERENCES accounts (id),
         month TEXT NOT NULL,
         uploads BIGINT NOT NULL,
         bandwidth_bytes BIGINT NOT NULL,
         PRIMARY KEY (account_id, month)))",

    // Uploads without an idempotency key: a row lives and dies with its image.
    R"(CREATE TABLE upload_fingerprints (
         project_id TEXT NOT NULL,
         environment TEXT NOT NULL,
         fingerprint TEXT NOT NULL,
         image_id TEXT NOT NULL UNIQUE,
         signed_expires BIGINT,
         PRIMARY KEY (project_id, environment, fingerprint)))",

    // Uploads with one: of the first answer only what may change later, the rest is the image.
    R"(CREATE TABLE idempotency_keys (
         project_id TEXT NOT NULL,
         environment TEXT NOT NULL,
         idempotency_key TEXT NOT NULL,
         fingerprint TEXT NOT NULL,
         image_id TEXT NOT NULL,
         filename TEXT NOT NULL,
         folder TEXT NOT NULL,
         metadata TEXT NOT NULL,
         signed_expires BIGINT,
         created_at BIGINT NOT NULL,
         expires_at BIGINT NOT NULL,
         PRIMARY KEY (project_id, environment, idempotency_key)))",
    "CREATE INDEX idempotency_keys_ending ON idempotency_keys (expires_at)",

    R"(CREATE TABLE link_keys (
         id TEXT PRIMARY KEY,
         secret TEXT NOT NULL,
         created_at BIGINT NOT NULL))",
    "CREATE INDEX link_keys_newest ON link_keys (created_at, id)",

    // `running` is 1 while an export is pending or processing.
    R"(CREATE TABLE exports (
         id TEXT PRIMARY KEY,
         project_id TEXT NOT NULL,
         environment TEXT NOT NULL,
         status TEXT NOT NULL,
         running BIGINT NOT NULL,
         image_count BIGINT NOT NULL,
         processed_count BIGINT NOT NULL,
         bytes BIGINT NOT NULL,
         error TEXT NOT NULL,
         created_at BIGINT NOT NULL,
         expires_at BIGINT NOT NULL,
         leased_until BIGINT NOT NULL))",
    "CREATE UNIQUE INDEX exports_one_of_project ON exports (project_id, environment) "
    "WHERE running = 1",
    "CREATE INDEX exports_running ON exports (running, id) WHERE running = 1",
    "CREATE INDEX exports_ending ON exports (expires_at, id)",
});

constexpr auto kThird = std::to_array<std::string_view>({
    // Where a segment store keeps the bytes; empty where the key alone says it.
    "ALTER TABLE images ADD COLUMN place TEXT NOT NULL DEFAULT ''",

    // A blob that has moved has left another one behind under the same key.
    "ALTER TABLE outbox RENAME TO outbox_without_places",
    R"(CREATE TABLE outbox (
         kind TEXT NOT NULL,
         blob_key TEXT NOT NULL,
         place TEXT NOT NULL,
         due_at BIGINT NOT NULL,
         attempts BIGINT NOT NULL,
         PRIMARY KEY (kind, blob_key, place)))",
    "INSERT INTO outbox (kind, blob_key, place, due_at, attempts) "
    "SELECT kind, blob_key, '', due_at, attempts FROM outbox_without_places",
    "DROP TABLE outbox_without_places",
    "CREATE INDEX outbox_due ON outbox (kind, due_at, blob_key)",
});

constexpr std::array<Migration, 3> kMigrations = {{
    {.version = 1, .name = "accounts, images, outbox", .statements = kFirst},
    {.version = 2, .name = "keys, quotas, idempotency, exports", .statements = kSecond},
    {.version = 3, .name = "places of blobs", .statements = kThird},
}};

}  // namespace

std::span<const Migration> migrations() { return kMigrations; }

}  // namespace pixelvault::adapters::sql
