#include "domain/folder.hpp"

#include <algorithm>

namespace pixelvault::domain {
namespace {

constexpr std::string_view kAllowed =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._- /";

std::unexpected<Error> refuse(std::string message) {
  return fail(
      {.code = ErrorCode::InvalidRequest, .message = std::move(message), .param = "folder"});
}

std::string_view without_outer_slashes(std::string_view text) {
  if (text.starts_with('/')) text.remove_prefix(1);
  if (text.ends_with('/')) text.remove_suffix(1);
  return text;
}

bool is_segment(std::string_view text) { return !text.empty() && text != "." && text != ".."; }

bool all_segments(std::string_view path) {
  for (;;) {
    const auto slash = path.find('/');
    if (!is_segment(path.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace

Result<std::string> parse_folder(std::string_view text) {
  const auto path = without_outer_slashes(text);
  if (path.empty()) return std::string();
  if (path.size() > kMaxFolderCharacters) {
    return fail({.code = ErrorCode::InvalidRequest,
                 .message = "The folder is longer than 200 characters; shorten it.",
                 .param = "folder",
                 .limit = kMaxFolderCharacters,
                 .actual = path.size()});
  }
  if (!std::ranges::all_of(path, [](char c) { return kAllowed.contains(c); })) {
    return refuse(
        "The folder may hold only the letters A to Z, digits, '.', '_', '-', spaces and '/' "
        "between its parts; rename it.");
  }
  if (!all_segments(path)) {
    return refuse("The folder has an empty, '.' or '..' part; write it like 'holiday/2026'.");
  }
  return std::string(path);
}

}  // namespace pixelvault::domain
