// How an image ends, whoever ends it: it becomes a tombstone and everything that was counted or
// kept because of it is undone, once. Its idempotency key stays, since a retry still gets the first
// answer.
#pragma once

#include "adapters/sql/session.hpp"
#include "domain/image.hpp"

namespace pixelvault::adapters::sql {

/// False when it was a tombstone already. The removal of its blob is due at `now`.
bool bury(Session& session, const domain::Image& image, base::Timestamp now);

}  // namespace pixelvault::adapters::sql
