// An API key as a row, as `image_row.hpp` has it for images.
#pragma once

#include <soci/soci.h>

#include <string>
#include <string_view>

#include "adapters/sql/nullable.hpp"
#include "adapters/sql/session.hpp"
#include "domain/account.hpp"

namespace pixelvault::adapters::sql {

struct KeyRow {
  std::string id, project, environment, hash, shown_prefix, label, scopes, origin;
  long long created_at = 0;
  Nullable expires_at, revoked_at, last_used_at;
};

/// The columns of a row, in the order in which `read_into` binds them.
inline constexpr const char* kKeyColumns =
    "api_keys.id, api_keys.project_id, api_keys.environment, api_keys.hash, "
    "api_keys.shown_prefix, api_keys.label, api_keys.scopes, api_keys.origin, "
    "api_keys.created_at, api_keys.expires_at, api_keys.revoked_at, api_keys.last_used_at";

domain::StoredKey to_key(const KeyRow& row);

/// Scopes stand as their names, with a space between.
domain::Scopes to_scopes(std::string_view text);

/// Makes every fetch of `statement` fill `row`, which outlives it.
void read_into(soci::statement& statement, KeyRow& row);

void insert_key(Session& session, const domain::StoredKey& key);

}  // namespace pixelvault::adapters::sql
