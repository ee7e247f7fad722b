// Signed links to private images (contract §5): an HMAC-SHA256 (RFC 2104) over the image and the
// moment at which the link ends, made with one of a ring of keys. The token names its key, so that
// a new key can begin to sign while links of the old ones live on. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "domain/ids.hpp"

namespace pixelvault::domain {

/// A secret of the server. Never logged, never shown.
struct LinkKey {
  std::string id;  ///< 8 lower-case letters and digits
  std::array<std::byte, 32> secret{};
  base::Timestamp created_at;
};

/// The `token` of a link that ends at `expires`, in Unix seconds: `{key id}.{43 base64url}`.
std::string sign_link(const LinkKey& key, const ProjectId& project, const ImageId& image,
                      std::int64_t expires);

/// The key that a token says it was made with; empty when it cannot be a token.
std::string_view link_key_id(std::string_view token);

/// Whether `key` made the token for exactly this image and moment. Takes the same time whichever
/// character is wrong.
bool is_link_token(const LinkKey& key, const ProjectId& project, const ImageId& image,
                   std::int64_t expires, std::string_view token);

}  // namespace pixelvault::domain
