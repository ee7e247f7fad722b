// The target of a request (RFC 9112 §3.2): its path and its query, decoded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pixelvault::http {

struct Target {
  std::string path;                                          ///< percent-decoded, begins with `/`
  std::vector<std::pair<std::string, std::string>> query{};  ///< decoded, `+` is a space; in order

  /// The value of the last parameter with this name.
  std::optional<std::string_view> parameter(std::string_view name) const;
};

/// Reads origin-form and absolute-form into a target whose memory is used again. False for anything
/// else, for bad percent-encoding, and for a path in which an encoded slash or NUL would change its
/// meaning.
bool read_target(std::string_view text, Target& target);

}  // namespace pixelvault::http
