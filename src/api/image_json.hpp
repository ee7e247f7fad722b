// An image as clients see it (contract §4).
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "domain/image.hpp"

namespace pixelvault::api {

/// The permanent URL. `public_url` has no slash at its end.
std::string image_url(const domain::Image& image, const std::string& public_url);

boost::json::object image_json(const domain::Image& image, const std::string& public_url);

}  // namespace pixelvault::api
