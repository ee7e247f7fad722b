// The schema, as the numbered steps that lead to it. A step that has been released is never
// changed; a new need is a new step. Runs when the database is opened.
#pragma once

#include <soci/soci.h>

#include <span>
#include <string_view>

namespace pixelvault::adapters::sql {

struct Migration {
  long long version;
  std::string_view name;
  std::span<const std::string_view> statements;
};

/// All steps, oldest first, numbered from 1 without gaps.
std::span<const Migration> migrations();

/// Takes the steps that the database has not taken yet, each in a transaction of its own. Throws
/// `Unavailable` when the database has taken steps that `steps` does not know.
void migrate(soci::session& session, std::span<const Migration> steps = migrations());

}  // namespace pixelvault::adapters::sql
