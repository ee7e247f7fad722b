#include "api/image_json.hpp"

#include <boost/json.hpp>

#include "base/encoding.hpp"
#include "base/time.hpp"

namespace pixelvault::api {

std::string image_url(const domain::Image& image, const std::string& public_url) {
  return public_url + "/" + domain::image_path(image);
}

boost::json::object image_json(const domain::Image& image, const std::string& public_url) {
  return {
      {"id", image.id.to_string()},
      {"url", image_url(image, public_url)},
      {"visibility", "public"},
      {"mime_type", domain::media_type(image.format)},
      {"size", image.size},
      {"width", image.facts.width},
      {"height", image.facts.height},
      {"frames", image.facts.frames},
      {"filename", image.filename},
      {"folder", image.folder},
      {"sha256", base::to_hex(image.sha256)},
      {"metadata", boost::json::parse(image.metadata)},
      {"created_at", base::to_rfc3339(image.created_at)},
      {"expires_at", nullptr},
      {"signed_expires", nullptr},
  };
}

}  // namespace pixelvault::api
