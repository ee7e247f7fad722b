#include "load/disk/row_log.hpp"

#include <sqlite3.h>

#include <array>
#include <stdexcept>
#include <string>

namespace pixelvault::bench {
namespace {

constexpr const char* kSettings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";
/// About the width and the indexes of the server's own table.
constexpr const char* kTable = R"(
  CREATE TABLE images (
    id TEXT PRIMARY KEY, project_id TEXT NOT NULL, segment BIGINT NOT NULL, position BIGINT NOT NULL,
    bytes BIGINT NOT NULL, sha256 TEXT NOT NULL, mime_type TEXT NOT NULL, filename TEXT NOT NULL,
    created_at BIGINT NOT NULL);
  CREATE INDEX images_by_project ON images (project_id, id);)";
constexpr const char* kInsert = "INSERT INTO images VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

[[noreturn]] void fail(sqlite3* database) {
  throw std::runtime_error(std::string("SQLite: ") + sqlite3_errmsg(database));
}

sqlite3* open(const std::filesystem::path& file) {
  sqlite3* database = nullptr;
  if (sqlite3_open(file.c_str(), &database) != SQLITE_OK) fail(database);
  return database;
}

void bind(sqlite3_stmt* statement, int place, const std::string& text) {
  sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

}  // namespace

void RowLog::Close::operator()(sqlite3* database) const { sqlite3_close(database); }
void RowLog::Close::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

RowLog::RowLog(const std::filesystem::path& file) : database_(open(file)) {
  execute(kSettings);
  execute(kTable);
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database_.get(), kInsert, -1, &statement, nullptr) != SQLITE_OK) {
    fail(database_.get());
  }
  insert_.reset(statement);
}

void RowLog::insert(std::span<const Blob> blobs, std::span<const Place> places) {
  execute("BEGIN IMMEDIATE");
  for (std::size_t i = 0; i < blobs.size(); ++i) insert_one(blobs[i], places[i]);
  execute("COMMIT");
}

void RowLog::execute(const char* sql) {
  if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    fail(database_.get());
  }
}

void RowLog::insert_one(const Blob& blob, const Place& place) {
  auto* row = insert_.get();
  const std::array<std::int64_t, 4> numbers{
      static_cast<std::int64_t>(place.segment), static_cast<std::int64_t>(place.position),
      static_cast<std::int64_t>(blob.bytes.size()), static_cast<std::int64_t>(blob.number)};
  const auto name = std::to_string(blob.number);
  bind(row, 1, "img_" + std::string(26 - name.size(), '0') + name);
  bind(row, 2, "proj_" + std::string(26, '0'));
  for (int i = 0; i < 3; ++i)
    sqlite3_bind_int64(row, 3 + i, numbers.at(static_cast<std::size_t>(i)));
  bind(row, 6, std::string(64, 'a'));
  bind(row, 7, "image/jpeg");
  bind(row, 8, name + ".jpg");
  sqlite3_bind_int64(row, 9, numbers[3]);
  if (sqlite3_step(row) != SQLITE_DONE) fail(database_.get());
  sqlite3_reset(row);
}

}  // namespace pixelvault::bench
