#include "api/account_view.hpp"

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "api/json_body.hpp"

namespace pixelvault::api {

namespace json = boost::json;

namespace {

json::value text_or_null(const std::string& text) {
  if (text.empty()) return nullptr;
  return json::value(text);
}

json::array scopes_json(domain::Scopes scopes) {
  json::array names;
  for (const auto scope : domain::kScopes) {
    if (scopes.has(scope)) names.emplace_back(domain::scope_name(scope));
  }
  return names;
}

json::object credential_json(const domain::StoredKey& key) {
  return {{"type", "key"},
          {"id", key.id.to_string()},
          {"label", text_or_null(key.label)},
          {"environment", domain::environment_name(key.environment)},
          {"key_prefix", key.shown_prefix},
          {"scopes", scopes_json(key.scopes)},
          {"expires_at", time_or_null(key.expires_at)}};
}

json::object credential_json(const domain::SessionCaller& session) {
  return {{"type", "session"},
          {"id", nullptr},
          {"label", nullptr},
          {"environment", nullptr},
          {"key_prefix", nullptr},
          {"scopes", nullptr},
          {"expires_at", base::to_rfc3339(session.expires_at)}};
}

}  // namespace

json::object registration_json(const services::AccountService::Registered& registered) {
  const auto& [account, project, api_key] = registered;
  json::object default_project{
      {"id", project.id.to_string()}, {"name", project.name}, {"api_keys", {{"live", api_key}}}};
  json::object data{{"account_id", account.id.to_string()},
                    {"email", account.email},
                    {"email_verified", false},
                    {"password_set", !account.password_hash.empty()},
                    {"plan", account.plan},
                    {"default_project", std::move(default_project)}};
  return {{"api_key", api_key}, {"data", std::move(data)}};
}

json::object session_json(const services::SessionService::Opened& opened) {
  return {{"token", opened.token},
          {"account_id", opened.account.id.to_string()},
          {"email", opened.account.email},
          {"email_verified", false},
          {"expires_at", base::to_rfc3339(opened.expires_at)}};
}

json::object identity_json(const services::AccountService::Identity& identity) {
  const auto& account = identity.account;
  json::object data{{"account_id", account.id.to_string()},
                    {"email", account.email},
                    {"email_verified", false},
                    {"password_set", !account.password_hash.empty()},
                    {"plan", account.plan},
                    {"created_at", base::to_rfc3339(account.created_at)},
                    {"project", nullptr}};
  data["credential"] =
      std::visit([](const auto& known) { return credential_json(known); }, identity.credential);
  if (identity.project) data["project"] = project_json(*identity.project);
  return data;
}

json::object project_json(const domain::Project& project) {
  return {{"id", project.id.to_string()},
          {"name", project.name},
          {"created_at", base::to_rfc3339(project.created_at)}};
}

json::object key_json(const domain::StoredKey& key, bool current) {
  return {{"id", key.id.to_string()},
          {"type", "secret"},
          {"environment", domain::environment_name(key.environment)},
          {"label", text_or_null(key.label)},
          {"key_prefix", key.shown_prefix},
          {"scopes", scopes_json(key.scopes)},
          {"allowed_origins", nullptr},
          {"project_id", key.project.to_string()},
          {"created_at", base::to_rfc3339(key.created_at)},
          {"expires_at", time_or_null(key.expires_at)},
          {"last_used_at", time_or_null(key.last_used_at)},
          {"current", current}};
}

}  // namespace pixelvault::api
