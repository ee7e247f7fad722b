// The JSON body of an import (contract §4): a URL and the options of an upload. Used by the handler
// of uploads; nothing is shared.
#pragma once

#include <boost/json/object.hpp>

#include "base/task.hpp"
#include "domain/error.hpp"
#include "http/message.hpp"
#include "services/import.hpp"

namespace pixelvault::api {

/// Whether an upload is an import: its Content-Type is application/json.
bool is_import(const http::Request& request);

/// `url`, and `folder`, `filename`, `visibility`, `expires_in`, `sign_expires_in`, `metadata` (an
/// object) and `describe` where they are there. InvalidRequest with the field as param,
/// NotSupported for `describe: true`; otherwise as for `read_json`.
base::task<domain::Result<services::ImportRequest>> read_import(http::Request& request);

}  // namespace pixelvault::api
