// How many images there are and how many bytes they have: counters that change in the transaction
// of the image, so that a list can say its length without counting rows.
#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <optional>
#include <string>

#include "adapters/sql/image_row.hpp"

namespace pixelvault::adapters::sql {

void count_in(soci::session& session, const ImageRow& image);
void count_out(soci::session& session, const ImageRow& image);

/// Live images of the project and environment: of all folders, or of exactly `folder`.
std::uint64_t count_images(soci::session& session, const std::string& project,
                           const std::string& environment,
                           const std::optional<std::string>& folder);

}  // namespace pixelvault::adapters::sql
