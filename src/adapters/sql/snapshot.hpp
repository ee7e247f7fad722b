// A consistent copy of a database, made beside a server that goes on reading and writing. For the
// operator's commands; any thread; blocks as long as the copy takes.
#pragma once

#include <filesystem>

namespace pixelvault::adapters::sql {

/// Writes all of `database`, as it is at one moment, to the new file `into`, without what deleted
/// rows have left. Whoever relies on the file syncs it. Throws `base::Unavailable`.
void write_snapshot(const std::filesystem::path& database, const std::filesystem::path& into);

}  // namespace pixelvault::adapters::sql
