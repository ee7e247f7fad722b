// The steps of the schema. Column types are those that SQLite and PostgreSQL share: ids and digests
// are text, times are Unix milliseconds.
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

constexpr std::array<Migration, 1> kMigrations = {{
    {.version = 1, .name = "accounts, images, outbox", .statements = kFirst},
}};

}  // namespace

std::span<const Migration> migrations() { return kMigrations; }

}  // namespace pixelvault::adapters::sql
