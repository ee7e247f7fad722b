// Accounts, sessions, projects and keys as JSON (contract §3). Pure.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "domain/account.hpp"
#include "services/accounts.hpp"
#include "services/sessions.hpp"

namespace pixelvault::api {

/// The whole body: the key stands at the top level too, so that a shell script can say
/// `jq -r .api_key`.
boost::json::object registration_json(const services::AccountService::Registered& registered);

boost::json::object session_json(const services::SessionService::Opened& opened);

boost::json::object identity_json(const services::AccountService::Identity& identity);

boost::json::object project_json(const domain::Project& project);

/// `current` is whether the request was made with this key.
boost::json::object key_json(const domain::StoredKey& key, bool current);

}  // namespace pixelvault::api
