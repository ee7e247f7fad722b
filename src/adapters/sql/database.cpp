#include "adapters/sql/database.hpp"

#include <vector>

#include "adapters/sql/migrations.hpp"
#include "adapters/sql/session.hpp"

namespace pixelvault::adapters::sql {

namespace {

/// Also brings the schema up to date, which must be done before a reader looks.
std::unique_ptr<Session> open_migrated(const Database::Options& options) {
  if (options.read_only) return open_reader(options.file, options.busy_timeout);
  auto session = open_writer(options.file, options.busy_timeout);
  folding([&] { migrate(*session); });
  return session;
}

std::vector<ReadSessions::Handle> open_readers(const Database::Options& options) {
  std::vector<ReadSessions::Handle> sessions;
  sessions.reserve(options.readers);
  for (std::size_t i = 0; i < options.readers; ++i) {
    sessions.push_back(open_reader(options.file, options.busy_timeout));
  }
  return sessions;
}

}  // namespace

Database::Database(const Options& options)
    : write_session_(open_migrated(options)),
      read_sessions_(open_readers(options)),
      writer_(*write_session_, options.write_queue),
      readers_({.name = "sql-read", .threads = options.readers, .queue = options.read_queue}) {}

}  // namespace pixelvault::adapters::sql
