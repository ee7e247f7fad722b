#include "domain/link.hpp"

#include "base/digest.hpp"
#include "base/encoding.hpp"

namespace pixelvault::domain {

namespace {
constexpr std::size_t kKeyIdCharacters = 8;
}  // namespace

std::string sign_link(const LinkKey& key, const ProjectId& project, const ImageId& image,
                      std::int64_t expires) {
  const std::string message =
      "link 1 " + project.to_string() + '/' + image.to_string() + ' ' + std::to_string(expires);
  const auto mac = base::hmac_sha256(key.secret, base::as_bytes(message));
  return key.id + '.' + base::to_base64url(mac);
}

std::string_view link_key_id(std::string_view token) {
  const auto dot = token.find('.');
  return dot == kKeyIdCharacters ? token.substr(0, dot) : std::string_view();
}

bool is_link_token(const LinkKey& key, const ProjectId& project, const ImageId& image,
                   std::int64_t expires, std::string_view token) {
  return base::equal_in_constant_time(sign_link(key, project, image, expires), token);
}

}  // namespace pixelvault::domain
