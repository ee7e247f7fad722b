#include "adapters/filesystem/blob_key.hpp"

#include <algorithm>
#include <stdexcept>

namespace pixelvault::adapters::filesystem {

namespace {

bool is_allowed(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

bool is_name(std::string_view part) {
  return !part.empty() && part.front() != '.' && std::ranges::all_of(part, is_allowed);
}

}  // namespace

BlobKey parse_key(std::string_view key) {
  const auto slash = key.find('/');
  const auto folder = key.substr(0, slash);
  const auto name = slash == key.npos ? std::string_view() : key.substr(slash + 1);
  if (!is_name(folder) || !is_name(name) || folder == kTemporaryFolder) {
    throw std::logic_error("blobs: not a key: " + std::string(key));
  }
  return {.folder = std::string(folder), .name = std::string(name)};
}

}  // namespace pixelvault::adapters::filesystem
