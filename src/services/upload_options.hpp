// What a client says about a file that it uploads (contract §4), read field by field from whatever
// encoding its request has. Used by the upload and batch services and by the api. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/error.hpp"
#include "domain/image.hpp"

namespace pixelvault::services {

/// How long an image or a link may be asked to live, in seconds.
inline constexpr std::uint32_t kMinLifetime = 60;
inline constexpr std::uint32_t kMaxLifetime = 2'592'000;
/// How long the link lives that the answer to a private upload holds, unless it is asked otherwise.
inline constexpr std::uint32_t kDefaultUploadLink = 604'800;

struct UploadOptions {
  std::optional<std::string> filename = {};  ///< chosen in a field, clean; wins over the sent one
  std::string folder = {};
  std::string metadata = "{}";  ///< a JSON object of strings, in its shortest form
  domain::Visibility visibility = domain::Visibility::Public;
  std::optional<std::uint32_t> expires_in = {};       ///< seconds
  std::optional<std::uint32_t> sign_expires_in = {};  ///< seconds; private images only
};

/// Takes one field. Unknown names are ignored. `metadata` must have been brought to its shortest
/// form. InvalidRequest with the field as param; NotSupported for `describe=true`.
domain::Result<void> set_option(UploadOptions& options, std::string_view name, std::string value);

/// What only the whole of the fields shows: InvalidRequest for sign_expires_in of a public image.
domain::Result<void> check(const UploadOptions& options);

/// A lifetime in seconds as text, within the two bounds. InvalidRequest with `name` as param.
domain::Result<std::uint32_t> parse_lifetime(std::string_view name, std::string_view text);

}  // namespace pixelvault::services
