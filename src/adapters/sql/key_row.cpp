#include "adapters/sql/key_row.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "adapters/sql/columns.hpp"

#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

namespace {

std::string scopes_column(domain::Scopes scopes) {
  std::string text;
  for (const auto scope : domain::kScopes) {
    if (!scopes.has(scope)) continue;
    if (!text.empty()) text += ' ';
    text += domain::scope_name(scope);
  }
  return text;
}

std::string origin_column(domain::KeyOrigin origin) {
  switch (origin) {
    case domain::KeyOrigin::Registration:
      return "registration";
    case domain::KeyOrigin::Request:
      return "request";
    case domain::KeyOrigin::Rotation:
      return "rotation";
  }
  std::unreachable();
}

domain::KeyOrigin to_origin(std::string_view text) {
  if (text == "registration") return domain::KeyOrigin::Registration;
  if (text == "request") return domain::KeyOrigin::Request;
  if (text == "rotation") return domain::KeyOrigin::Rotation;
  return expect_column(std::optional<domain::KeyOrigin>(), "origin");
}

KeyRow to_row(const domain::StoredKey& key) {
  return {.id = key.id.to_string(),
          .project = key.project.to_string(),
          .environment = to_column(key.environment),
          .hash = to_column(key.hash),
          .shown_prefix = key.shown_prefix,
          .label = key.label,
          .scopes = scopes_column(key.scopes),
          .origin = origin_column(key.origin),
          .created_at = base::to_unix_millis(key.created_at),
          .expires_at = to_nullable(key.expires_at),
          .revoked_at = to_nullable(key.revoked_at),
          .last_used_at = to_nullable(key.last_used_at)};
}

}  // namespace

domain::Scopes to_scopes(std::string_view text) {
  domain::Scopes scopes;
  while (!text.empty()) {
    const std::string_view name = text.substr(0, text.find(' '));
    scopes.add(expect_column(domain::find_scope(name), "scopes"));
    text.remove_prefix(std::min(text.size(), name.size() + 1));
  }
  return scopes;
}

domain::StoredKey to_key(const KeyRow& row) {
  return {.id = to_id<domain::KeyId>(row.id),
          .project = to_id<domain::ProjectId>(row.project),
          .environment = to_environment(row.environment),
          .hash = to_digest(row.hash),
          .shown_prefix = row.shown_prefix,
          .created_at = base::from_unix_millis(row.created_at),
          .label = row.label,
          .scopes = to_scopes(row.scopes),
          .origin = to_origin(row.origin),
          .expires_at = to_time(row.expires_at),
          .revoked_at = to_time(row.revoked_at),
          .last_used_at = to_time(row.last_used_at)};
}

void read_into(soci::statement& statement, KeyRow& row) {
  statement.exchange(into(row.id));
  statement.exchange(into(row.project));
  statement.exchange(into(row.environment));
  statement.exchange(into(row.hash));
  statement.exchange(into(row.shown_prefix));
  statement.exchange(into(row.label));
  statement.exchange(into(row.scopes));
  statement.exchange(into(row.origin));
  statement.exchange(into(row.created_at));
  statement.exchange(into_nullable(row.expires_at));
  statement.exchange(into_nullable(row.revoked_at));
  statement.exchange(into_nullable(row.last_used_at));
}

void insert_key(Session& session, const domain::StoredKey& key) {
  KeyRow row = to_row(key);
  run(session,
      "INSERT INTO api_keys (id, project_id, environment, hash, shown_prefix, label, "
      "scopes, origin, created_at, expires_at, revoked_at, last_used_at) VALUES (:id, "
      ":project_id, :environment, :hash, :shown_prefix, :label, :scopes, :origin, "
      ":created_at, :expires_at, :revoked_at, :last_used_at)",
      use(row.id), use(row.project), use(row.environment), use(row.hash), use(row.shown_prefix),
      use(row.label), use(row.scopes), use(row.origin), use(row.created_at),
      use_nullable(row.expires_at), use_nullable(row.revoked_at), use_nullable(row.last_used_at));
}

}  // namespace pixelvault::adapters::sql
