// A session to the database: how it is opened and set up, and the statements that it has prepared.
// On one thread at a time.
#pragma once

#include <soci/soci.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>

namespace pixelvault::adapters::sql {

class Session : public soci::session {
 public:
  using soci::session::session;

  /// The statement for `sql`, prepared the first time: three quarters of what a look-up by key
  /// costs is preparing it. Between uses nothing is bound to it. For texts that the program
  /// repeats: they are kept as long as the session.
  soci::statement& prepared(const std::string& sql);
  /// After an error SOCI has given the statement up.
  void forget(const std::string& sql) { statements_.erase(sql); }

 private:
  std::unordered_map<std::string, std::unique_ptr<soci::statement>> statements_;
};

/// A session that may write, with write-ahead logging and a sync on every commit; throws
/// `Unavailable` when the file system does not give it that.
std::unique_ptr<Session> open_writer(const std::filesystem::path& file,
                                     std::chrono::milliseconds busy_timeout);

/// A session that cannot write.
std::unique_ptr<Session> open_reader(const std::filesystem::path& file,
                                     std::chrono::milliseconds busy_timeout);

}  // namespace pixelvault::adapters::sql
