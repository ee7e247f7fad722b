// The name of an uploaded file, as it is kept and shown again. It never becomes a path. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pixelvault::domain {

inline constexpr std::size_t kMaxFilenameBytes = 255;

/// The last segment of `raw` (both `/` and `\` separate), without control characters and without
/// bytes that are no UTF-8, at most kMaxFilenameBytes long: what is too long loses the end of its
/// stem and keeps its extension. Empty when nothing remains, and for `.` and `..`. Cleaning twice
/// changes nothing more.
std::string clean_filename(std::string_view raw);

}  // namespace pixelvault::domain
