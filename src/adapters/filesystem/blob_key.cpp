#include "adapters/filesystem/blob_key.hpp"

#include <algorithm>
#include <stdexcept>

namespace pixelvault::adapters::filesystem {

namespace {

constexpr std::string_view kPrivate = "/cp/i";

bool is_allowed(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

bool is_name(std::string_view part) {
  return !part.empty() && part.front() != '.' && std::ranges::all_of(part, is_allowed);
}

}  // namespace

std::optional<BlobKey> find_key(std::string_view text) {
  const auto last = text.rfind('/');
  const auto folder = text.substr(0, last);
  const auto name = last == text.npos ? std::string_view() : text.substr(last + 1);
  const auto project =
      folder.ends_with(kPrivate) ? folder.substr(0, folder.size() - kPrivate.size()) : folder;
  if (!is_name(project) || !is_name(name) || project == kTemporaryFolder) return std::nullopt;
  return BlobKey{.folder = std::string(folder), .name = std::string(name)};
}

BlobKey parse_key(std::string_view key) {
  if (auto found = find_key(key)) return *std::move(found);
  throw std::logic_error("blobs: not a key: " + std::string(key));
}

}  // namespace pixelvault::adapters::filesystem
