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

BlobKey parse_key(std::string_view key) {
  const auto last = key.rfind('/');
  const auto folder = key.substr(0, last);
  const auto name = last == key.npos ? std::string_view() : key.substr(last + 1);
  const auto project =
      folder.ends_with(kPrivate) ? folder.substr(0, folder.size() - kPrivate.size()) : folder;
  if (!is_name(project) || !is_name(name) || project == kTemporaryFolder) {
    throw std::logic_error("blobs: not a key: " + std::string(key));
  }
  return {.folder = std::string(folder), .name = std::string(name)};
}

}  // namespace pixelvault::adapters::filesystem
