#include "services/keys.hpp"

#include <utility>

#include "domain/name.hpp"
#include "services/mint.hpp"
#include "services/projects.hpp"

namespace pixelvault::services {

using domain::AnyCaller;
using domain::Caller;
using domain::Environment;
using domain::ErrorCode;
using domain::ProjectId;
using domain::Result;
using domain::StoredKey;

namespace {

const Caller* key_of(const AnyCaller& caller) { return std::get_if<Caller>(&caller); }

std::unexpected<domain::Error> forbidden(std::string message) {
  return domain::fail({.code = ErrorCode::Forbidden, .message = std::move(message)});
}

std::unexpected<domain::Error> key_not_found() {
  return domain::fail(
      {.code = ErrorCode::KeyNotFound, .message = "There is no key with this id in this project."});
}

/// Live keys are none of a test key's business.
bool may_see(const Caller* caller, const StoredKey& key) {
  return caller == nullptr || caller->environment == Environment::Live ||
         key.environment == Environment::Test;
}

/// The project that a key asks for, which can only be its own.
Result<ProjectId> own_project(const Caller& caller, const std::optional<std::string>& project) {
  const auto allowed = require_scope(caller, domain::Scope::KeysManage);
  if (!allowed) return std::unexpected(allowed.error());
  if (project && *project != caller.project.to_string()) return project_not_found();
  return caller.project;
}

struct Powers {
  Environment environment = Environment::Live;
  domain::Scopes scopes = domain::Scopes::all();
};

/// What a new key will be able to do.
Result<Powers> powers_of(const Caller* caller, const KeyService::NewKey& request) {
  const Powers most = caller == nullptr ? Powers{} : Powers{caller->environment, caller->scopes};
  const Powers asked{.environment = request.environment.value_or(most.environment),
                     .scopes = request.scopes.value_or(most.scopes)};
  if (most.environment == Environment::Test && asked.environment == Environment::Live) {
    return forbidden("A test key cannot make a live key: use a live key or a session.");
  }
  if (!most.scopes.includes(asked.scopes)) {
    return forbidden("A key cannot make a key with scopes that it has not itself.");
  }
  return asked;
}

bool works(const StoredKey& key, base::Timestamp now) {
  return !key.revoked_at && (!key.expires_at || *key.expires_at > now);
}

std::unexpected<domain::Error> has_ended() {
  return domain::fail({.code = ErrorCode::Unauthorized,
                       .message = "This credential has just ended: use another one."});
}

/// When a new key ends; `most` is when the key that makes it does. Otherwise whoever found a key in
/// its last hour could go on for ever.
Result<std::optional<base::Timestamp>> end_of(std::optional<base::Timestamp> most,
                                              const KeyService::NewKey& request,
                                              base::Timestamp now) {
  if (!request.lifetime) return most;
  const auto asked = now + *request.lifetime;
  if (most && asked > *most) {
    return forbidden("A key cannot make a key that works for longer than it does itself.");
  }
  return asked;
}

StoredKey stored(const domain::ApiKey& key, const ProjectId& project, domain::KeyOrigin origin,
                 base::Timestamp now, ports::RandomSource& random) {
  return {.id = mint_id<domain::KeyId>(now, random),
          .project = project,
          .environment = key.environment(),
          .hash = key.hash(),
          .shown_prefix = key.shown_prefix(),
          .created_at = now,
          .origin = origin};
}

}  // namespace

base::task<Result<ProjectId>> KeyService::project_of(AnyCaller caller,
                                                     std::optional<std::string> project) {
  if (const auto* key = key_of(caller)) co_return own_project(*key, project);
  if (!project) {
    co_return domain::fail({.code = ErrorCode::InvalidRequest,
                            .message = "A session has many projects: say which one as project_id.",
                            .param = "project_id"});
  }
  const auto id = parse_project_id(*project);
  if (!id) co_return std::unexpected(id.error());
  const auto account = std::get<domain::SessionCaller>(caller).account;
  const auto found = co_await use_.projects.find(account, *id);
  if (!found) co_return project_not_found();
  co_return found->id;
}

base::task<Result<std::optional<base::Timestamp>>> KeyService::find_end(AnyCaller caller,
                                                                        ProjectId project) {
  using End = std::optional<base::Timestamp>;
  const auto now = use_.clock.now();
  if (const auto* session = std::get_if<domain::SessionCaller>(&caller)) {
    const bool open = co_await use_.authentication.is_open(*session);
    if (!open) co_return has_ended();
    co_return End();
  }
  const auto key = co_await use_.keys.find(project, std::get<Caller>(caller).key);
  if (!key || !works(*key, now)) co_return has_ended();
  co_return key->expires_at;
}

base::task<Result<std::vector<StoredKey>>> KeyService::list(AnyCaller caller,
                                                            std::optional<std::string> project) {
  const auto id = co_await project_of(caller, std::move(project));
  if (!id) co_return std::unexpected(id.error());
  auto keys = co_await use_.keys.list(*id, use_.clock.now());
  std::erase_if(keys, [&](const auto& key) { return !may_see(key_of(caller), key); });
  co_return keys;
}

base::task<Result<KeyService::Issued>> KeyService::create(AnyCaller caller,
                                                          std::optional<std::string> project,
                                                          NewKey request) {
  const auto id = co_await project_of(caller, std::move(project));
  if (!id) co_return std::unexpected(id.error());
  auto label = domain::parse_label(request.label.value_or(""));
  if (!label) co_return std::unexpected(label.error());
  const auto powers = powers_of(key_of(caller), request);
  if (!powers) co_return std::unexpected(powers.error());

  const auto now = use_.clock.now();
  const auto most = co_await find_end(caller, *id);
  if (!most) co_return std::unexpected(most.error());
  const auto end = end_of(*most, request, now);
  if (!end) co_return std::unexpected(end.error());
  const auto key = mint_key(powers->environment, use_.random);
  auto record = stored(key, *id, domain::KeyOrigin::Request, now, use_.random);
  record.label = *std::move(label);
  record.scopes = powers->scopes;
  record.expires_at = *end;
  co_await use_.keys.add(record);
  co_return Issued{.key = std::move(record), .api_key = key.text()};
}

base::task<Result<domain::KeyId>> KeyService::revoke(AnyCaller caller,
                                                     std::optional<std::string> project,
                                                     std::string_view id) {
  const auto key_id = domain::KeyId::parse(id);
  const auto owner = co_await project_of(caller, std::move(project));
  if (!owner) co_return std::unexpected(owner.error());
  if (!key_id) co_return key_not_found();
  const auto* own = key_of(caller);
  if (own != nullptr && own->key == *key_id) {
    co_return forbidden("A key cannot revoke itself: use another key or a session.");
  }
  const auto key = co_await use_.keys.find(*owner, *key_id);
  if (!key || !may_see(own, *key)) co_return key_not_found();
  co_await use_.keys.revoke(*owner, *key_id, use_.clock.now());
  use_.authentication.forget_key(*key_id);
  co_return *key_id;
}

base::task<Result<KeyService::Issued>> KeyService::rotate(domain::SessionCaller caller,
                                                          std::string project) {
  const AnyCaller session = std::move(caller);
  const auto id = co_await project_of(session, std::move(project));
  if (!id) co_return std::unexpected(id.error());
  const auto open = co_await find_end(session, *id);
  if (!open) co_return std::unexpected(open.error());
  const auto now = use_.clock.now();
  const auto key = mint_key(Environment::Live, use_.random);
  auto record = stored(key, *id, domain::KeyOrigin::Rotation, now, use_.random);
  co_await use_.keys.rotate(record, now + kRotationOverlap);
  co_return Issued{.key = std::move(record), .api_key = key.text()};
}

}  // namespace pixelvault::services
