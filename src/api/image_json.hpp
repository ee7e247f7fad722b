// An image as clients see it (contract §4). Used wherever the api answers with images. Any thread
// may call.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "base/task.hpp"
#include "domain/image.hpp"
#include "services/links.hpp"
#include "services/upload.hpp"

namespace pixelvault::api {

/// The image under its permanent URL, or under `link` when it has one. `public_url` has no slash at
/// its end.
boost::json::object image_json(const domain::Image& image, const std::string& public_url,
                               const std::optional<services::SignedLink>& link);

/// Gives private images the links without which nobody can look at them.
class ImagePresenter {
 public:
  ImagePresenter(services::Links& links, std::string public_url)
      : links_(links), public_url_(std::move(public_url)) {}

  /// A private image under a fresh link that lives `services::kDefaultLink`.
  base::task<boost::json::object> show(const domain::Image& image) const;
  /// As an upload answers: the link ends when the upload, or its first answer, said.
  base::task<boost::json::object> show_upload(const services::Uploaded& uploaded) const;

  const std::string& public_url() const { return public_url_; }

 private:
  services::Links& links_;
  std::string public_url_;
};

}  // namespace pixelvault::api
