// What a password must be before it is hashed (contract §3). Pure.
#pragma once

#include <string_view>

#include "domain/error.hpp"

namespace pixelvault::domain {

/// 8 to 1024 characters, however many bytes those are. InvalidRequest with param `password`
/// otherwise.
Result<void> check_password(std::string_view password);

}  // namespace pixelvault::domain
