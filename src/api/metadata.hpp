// The client's own key-value pairs on an image (contract §4).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "domain/error.hpp"

namespace pixelvault::api {

inline constexpr std::size_t kMaxMetadataBytes = 4UL * 1024;

/// A JSON object of strings in its shortest form. InvalidRequest (param `metadata`) for anything
/// else, or when it is longer than kMaxMetadataBytes.
domain::Result<std::string> normalize_metadata(std::string_view text);

}  // namespace pixelvault::api
