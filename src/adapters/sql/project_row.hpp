// A project as a row, as `image_row.hpp` has it for images.
#pragma once

#include <soci/soci.h>

#include <string>

#include "adapters/sql/session.hpp"
#include "domain/account.hpp"

namespace pixelvault::adapters::sql {

struct ProjectRow {
  std::string id, account, name;
  long long created_at = 0;
};

/// The columns of a row, in the order in which `read_into` binds them.
inline constexpr const char* kProjectColumns = "id, account_id, name, created_at";

domain::Project to_project(const ProjectRow& row);

/// Makes every fetch of `statement` fill `row`, which outlives it.
void read_into(soci::statement& statement, ProjectRow& row);

void insert_project(Session& session, const domain::Project& project);

}  // namespace pixelvault::adapters::sql
