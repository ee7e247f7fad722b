// Deleted projects lose their images little by little. A flag of the project says that there is
// work left; it is set with the project's deletion and with an upload that was on its way then, and
// cleared when no image is left. Used inside the transactions of the stores.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/sql/session.hpp"
#include "domain/ids.hpp"

namespace pixelvault::adapters::sql {

/// An image was stored: if its project is deleted, there is work again.
void note_image_of_deleted(Session& session, const domain::ProjectId& project);

/// Whether there is work left, looked at again. Nothing happens to a project that is not deleted.
void refresh_to_empty(Session& session, const domain::ProjectId& project);

std::vector<domain::ProjectId> select_to_empty(Session& session, std::uint32_t limit);

}  // namespace pixelvault::adapters::sql
