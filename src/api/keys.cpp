#include "api/keys.hpp"

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "api/account_view.hpp"
#include "api/json_body.hpp"

namespace pixelvault::api {

namespace json = boost::json;
using domain::AnyCaller;
using domain::Result;
using services::KeyService;

namespace {

std::optional<std::string> project_parameter(const http::Request& request) {
  const auto project = request.target.parameter("project_id");
  if (!project) return std::nullopt;
  return std::string(*project);
}

std::unexpected<domain::Error> wrong(std::string param, std::string message) {
  return domain::fail({.code = domain::ErrorCode::InvalidRequest,
                       .message = std::move(message),
                       .param = std::move(param)});
}

Result<std::optional<domain::Environment>> read_environment(const json::object& body) {
  const auto sent = optional_text(body, "environment");
  if (!sent) return std::unexpected(sent.error());
  const auto& name = *sent;
  if (!name) return std::optional<domain::Environment>{};
  for (const auto environment : {domain::Environment::Live, domain::Environment::Test}) {
    if (domain::environment_name(environment) == *name) return environment;
  }
  return wrong("environment", "The field environment must be live or test.");
}

Result<std::optional<domain::Scopes>> read_scopes(const json::object& body) {
  const auto sent = optional_texts(body, "scopes");
  if (!sent) return std::unexpected(sent.error());
  const auto& names = *sent;
  if (!names) return std::optional<domain::Scopes>{};
  domain::Scopes scopes;
  for (const auto& name : *names) {
    const auto scope = domain::find_scope(name);
    if (!scope) return wrong("scopes", "There is no scope '" + name + "'.");
    scopes.add(*scope);
  }
  if (scopes.empty()) return wrong("scopes", "A key without scopes can do nothing: name some.");
  return scopes;
}

Result<std::optional<std::chrono::seconds>> read_lifetime(const json::object& body) {
  const NumberRange range{.min = static_cast<std::uint64_t>(services::kMinKeyLifetime.count()),
                          .max = static_cast<std::uint64_t>(services::kMaxKeyLifetime.count())};
  const auto sent = optional_number(body, "expires_in", range);
  if (!sent) return std::unexpected(sent.error());
  const auto& seconds = *sent;
  if (!seconds) return std::optional<std::chrono::seconds>{};
  return std::chrono::seconds(*seconds);
}

Result<KeyService::NewKey> read_new_key(const json::object& body) {
  auto label = optional_text(body, "label");
  if (!label) return std::unexpected(std::move(label.error()));
  const auto environment = read_environment(body);
  if (!environment) return std::unexpected(environment.error());
  const auto scopes = read_scopes(body);
  if (!scopes) return std::unexpected(scopes.error());
  const auto lifetime = read_lifetime(body);
  if (!lifetime) return std::unexpected(lifetime.error());
  return KeyService::NewKey{.label = *std::move(label),
                            .environment = *environment,
                            .scopes = *scopes,
                            .lifetime = *lifetime};
}

bool is_current(const AnyCaller& caller, const domain::StoredKey& key) {
  const auto* own = std::get_if<domain::Caller>(&caller);
  return own != nullptr && own->key == key.id;
}

}  // namespace

base::task<Result<http::Response>> KeysApi::list(AnyCaller caller, http::Request& request,
                                                 http::PathValues) {
  const auto keys = co_await keys_.list(caller, project_parameter(request));
  if (!keys) co_return std::unexpected(keys.error());
  json::array data;
  for (const auto& key : *keys) data.push_back(key_json(key, is_current(caller, key)));
  json::object meta{{"total", data.size()}};
  co_return json_response(200, {{"data", std::move(data)}, {"meta", std::move(meta)}});
}

base::task<Result<http::Response>> KeysApi::create(AnyCaller caller, http::Request& request,
                                                   http::PathValues) {
  const auto body = co_await read_json(request);
  if (!body) co_return std::unexpected(body.error());
  auto project = optional_text(*body, "project_id");
  if (!project) co_return std::unexpected(std::move(project.error()));
  auto fields = read_new_key(*body);
  if (!fields) co_return std::unexpected(std::move(fields.error()));
  const auto issued =
      co_await keys_.create(std::move(caller), *std::move(project), *std::move(fields));
  if (!issued) co_return std::unexpected(issued.error());
  auto data = key_json(issued->key, false);
  data["api_key"] = issued->api_key;
  co_return json_response(201, {{"data", std::move(data)}});
}

base::task<Result<http::Response>> KeysApi::revoke(AnyCaller caller, http::Request& request,
                                                   http::PathValues path) {
  const auto revoked =
      co_await keys_.revoke(std::move(caller), project_parameter(request), path.at(0));
  if (!revoked) co_return std::unexpected(revoked.error());
  json::object data{{"id", revoked->to_string()}, {"revoked", true}};
  co_return json_response(200, {{"data", std::move(data)}, {"success", true}});
}

base::task<Result<http::Response>> KeysApi::rotate(domain::SessionCaller caller,
                                                   http::Request& request, http::PathValues) {
  const auto body = co_await read_json(request);
  if (!body) co_return std::unexpected(body.error());
  auto project = required_text(*body, "project_id");
  if (!project) co_return std::unexpected(std::move(project.error()));
  const auto issued = co_await keys_.rotate(std::move(caller), *std::move(project));
  if (!issued) co_return std::unexpected(issued.error());
  json::object data{{"key_id", issued->key.id.to_string()},
                    {"api_key", issued->api_key},
                    {"project_id", issued->key.project.to_string()},
                    {"environment", domain::environment_name(issued->key.environment)}};
  co_return json_response(200, {{"data", std::move(data)}});
}

}  // namespace pixelvault::api
