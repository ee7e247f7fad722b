#include "api/image_json.hpp"

#include <boost/json.hpp>

#include "api/json_body.hpp"
#include "base/encoding.hpp"
#include "base/time.hpp"

namespace pixelvault::api {

namespace json = boost::json;

namespace {

json::value expires_or_null(const std::optional<services::SignedLink>& link) {
  if (!link) return nullptr;
  return json::value(link->expires);
}

}  // namespace

json::object image_json(const domain::Image& image, const std::string& public_url,
                        const std::optional<services::SignedLink>& link) {
  const bool is_private = image.visibility == domain::Visibility::Private;
  return {
      {"id", image.id.to_string()},
      {"url", public_url + "/" + (link ? link->path : domain::image_path(image))},
      {"visibility", is_private ? "private" : "public"},
      {"mime_type", domain::media_type(image.format)},
      {"size", image.size},
      {"width", image.facts.width},
      {"height", image.facts.height},
      {"frames", image.facts.frames},
      {"filename", image.filename},
      {"folder", image.folder},
      {"sha256", base::to_hex(image.sha256)},
      {"metadata", json::parse(image.metadata)},
      {"created_at", base::to_rfc3339(image.created_at)},
      {"expires_at", time_or_null(image.expires_at)},
      {"signed_expires", expires_or_null(link)},
  };
}

base::task<json::object> ImagePresenter::show(const domain::Image& image) const {
  std::optional<services::SignedLink> link;
  if (image.visibility == domain::Visibility::Private) {
    link = co_await links_.sign(image, services::kDefaultLink);
  }
  co_return image_json(image, public_url_, link);
}

base::task<json::object> ImagePresenter::show_upload(const services::Uploaded& uploaded) const {
  std::optional<services::SignedLink> link;
  if (uploaded.signed_expires) {
    link = co_await links_.sign_until(uploaded.image, *uploaded.signed_expires);
  }
  co_return image_json(uploaded.image, public_url_, link);
}

}  // namespace pixelvault::api
