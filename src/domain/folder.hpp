// The folder of an image as a client names it (contract §4). Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "domain/error.hpp"

namespace pixelvault::domain {

inline constexpr std::size_t kMaxFolderCharacters = 200;

/// `a/b` without slashes at the ends; one at either end is taken away, so that "/" is no folder, as
/// is "". Segments are ASCII letters, digits, `.`, `_`, `-` and space, and are never empty, `.` or
/// `..`. InvalidRequest with param `folder` otherwise.
Result<std::string> parse_folder(std::string_view text);

}  // namespace pixelvault::domain
