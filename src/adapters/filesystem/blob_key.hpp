// The key of a blob as a place below the store's root. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pixelvault::adapters::filesystem {

/// The folder of unfinished files; no key leads into it.
inline constexpr const char* kTemporaryFolder = "tmp";

struct BlobKey {
  std::string folder;  ///< `{project}`, or `{project}/cp/i` of private images
  std::string name;
};

/// Nothing for a text that is no key, such as the path of a foreign file.
std::optional<BlobKey> find_key(std::string_view text);

/// Takes `{project}/{name}` and `{project}/cp/i/{name}`, both parts of the characters a-z, 0-9, `_`
/// and `.`, neither starting with a dot. Anything else, `..` and absolute paths among it, is a
/// `std::logic_error`: keys are made by the program.
BlobKey parse_key(std::string_view key);

}  // namespace pixelvault::adapters::filesystem
