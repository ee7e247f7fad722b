// What accounts use of their plans: counters that change in the transaction of the image. Quotas
// are conditions of the statements that count, never of a read before them, so that two
// transactions cannot both take the last of it. A project that nobody has stored belongs to no
// account: its images count nowhere and have no limits.
#pragma once

#include <optional>

#include "adapters/sql/session.hpp"
#include "domain/image.hpp"
#include "ports/new_image.hpp"

namespace pixelvault::adapters::sql {

/// Counts the upload in, or counts nothing and says which quota it would pass.
std::optional<ports::OverQuota> reserve(Session& session, const ports::NewImage& upload);

/// Counts the image's storage out, and the private image it was. An upload stays an upload.
void give_back(Session& session, const domain::Image& image);

}  // namespace pixelvault::adapters::sql
