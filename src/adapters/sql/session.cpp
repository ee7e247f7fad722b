#include "adapters/sql/session.hpp"

#include <fmt/format.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <string>
#include <string_view>
#include <utility>

#include "adapters/sql/errors.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::adapters::sql {

using base::Unavailable;

namespace {

constexpr int kSyncFull = 2;  // of `PRAGMA synchronous`

std::unique_ptr<Session> connect(const std::filesystem::path& file,
                                 std::chrono::milliseconds busy_timeout) {
  return folding([&] {
    auto session = std::make_unique<Session>(soci::sqlite3, "db=\"" + file.string() + '"');
    *session << fmt::format("PRAGMA busy_timeout = {}", busy_timeout.count());
    *session << "PRAGMA foreign_keys = ON";
    *session << "PRAGMA temp_store = MEMORY";
    *session << "PRAGMA cache_size = -16384";  // KiB
    return session;
  });
}

/// The value of a setting as SQLite has it now.
std::string setting(soci::session& session, std::string_view name) {
  std::string value;
  session << fmt::format("PRAGMA {}", name), soci::into(value);
  return value;
}

void require(soci::session& session, std::string_view name, const std::string& wanted) {
  const std::string actual = setting(session, name);
  if (actual == wanted) return;
  throw Unavailable(Unavailable::Kind::Fail,
                    fmt::format("database: {} is {} instead of {}; use a local file system", name,
                                actual, wanted));
}

}  // namespace

soci::statement& Session::prepared(const std::string& sql) {
  auto& statement = statements_[sql];
  if (!statement) {
    auto made = std::make_unique<soci::statement>(*this);
    made->alloc();
    made->prepare(sql);
    statement = std::move(made);
  }
  return *statement;
}

std::unique_ptr<Session> open_writer(const std::filesystem::path& file,
                                     std::chrono::milliseconds busy_timeout) {
  auto session = connect(file, busy_timeout);
  folding([&] {
    std::string mode;
    *session << "PRAGMA journal_mode = WAL", soci::into(mode);
    *session << "PRAGMA synchronous = FULL";
    *session << "PRAGMA wal_autocheckpoint = 4000";      // pages, 16 MB: a sync less often
    *session << "PRAGMA journal_size_limit = 67108864";  // bytes the log keeps after a peak
    require(*session, "journal_mode", "wal");
    require(*session, "synchronous", std::to_string(kSyncFull));
  });
  return session;
}

std::unique_ptr<Session> open_reader(const std::filesystem::path& file,
                                     std::chrono::milliseconds busy_timeout) {
  auto session = connect(file, busy_timeout);
  folding([&] { *session << "PRAGMA query_only = ON"; });
  return session;
}

}  // namespace pixelvault::adapters::sql
