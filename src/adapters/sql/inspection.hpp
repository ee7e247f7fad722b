// Looks at a database from outside, without changing it: for finding out what is wrong with one.
// Any thread; blocks.
#pragma once

#include <filesystem>
#include <string>

namespace pixelvault::adapters::sql {

struct DatabaseFacts {
  long long schema = 0;        ///< version of its schema; 0 when it has none
  long long known_schema = 0;  ///< newest version that this program knows
  std::string journal_mode;    ///< `wal` is what the server sets
  std::string complaint;       ///< the first thing that the check found; empty when it is sound
};

enum class Inspection {
  Quick,  ///< pages and rows
  Deep,   ///< also every index against its table
};

/// Throws `base::Unavailable` when it cannot be opened or read at all.
DatabaseFacts inspect(const std::filesystem::path& database, Inspection inspection);

}  // namespace pixelvault::adapters::sql
