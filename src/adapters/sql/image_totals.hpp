// How many images there are and how many bytes they have: counters that change in the transaction
// of the image, so that a list can say its length without counting rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "adapters/sql/image_row.hpp"
#include "adapters/sql/session.hpp"

namespace pixelvault::adapters::sql {

void count_in(Session& session, const ImageRow& image);
void count_out(Session& session, const ImageRow& image);

/// Live images of the project and environment: of all folders, or of exactly `folder`.
std::uint64_t count_images(Session& session, const std::string& project,
                           const std::string& environment,
                           const std::optional<std::string>& folder);

}  // namespace pixelvault::adapters::sql
