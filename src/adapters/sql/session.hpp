// How a session to the database is opened and set up.
#pragma once

#include <soci/soci.h>

#include <chrono>
#include <filesystem>
#include <memory>

namespace pixelvault::adapters::sql {

/// A session that may write, with write-ahead logging and a sync on every commit; throws
/// `Unavailable` when the file system does not give it that.
std::unique_ptr<soci::session> open_writer(const std::filesystem::path& file,
                                           std::chrono::milliseconds busy_timeout);

/// A session that cannot write.
std::unique_ptr<soci::session> open_reader(const std::filesystem::path& file,
                                           std::chrono::milliseconds busy_timeout);

}  // namespace pixelvault::adapters::sql
