// The opaque keyset cursor of a list: the last image of a page, bound to the project and
// environment that it was made for. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/account.hpp"

namespace pixelvault::services {

std::string make_cursor(const domain::Caller& caller, const domain::ImageId& last);

/// Nothing when it is not a cursor, or not this caller's project's and environment's.
std::optional<domain::ImageId> read_cursor(const domain::Caller& caller, std::string_view cursor);

}  // namespace pixelvault::services
