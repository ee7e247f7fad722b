// The names that people give: of projects, and of keys as labels (contract §3). Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "domain/error.hpp"

namespace pixelvault::domain {

inline constexpr std::size_t kMaxNameCharacters = 100;

/// The text without white space around it: 1 to 100 characters of UTF-8 without controls.
/// InvalidRequest with param `name` otherwise.
Result<std::string> parse_project_name(std::string_view text);

/// The same for a key, which may also have none: 0 to 100 characters. InvalidRequest with param
/// `label` otherwise.
Result<std::string> parse_label(std::string_view text);

}  // namespace pixelvault::domain
